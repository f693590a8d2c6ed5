"""Documents of office programs, and the containers that they share with workbooks."""
