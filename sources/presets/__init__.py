"""Well-known places, each a TOML file (see `watcher.config.presets`)."""
