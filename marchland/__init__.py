"""The application: command line, pipeline, outputs."""
