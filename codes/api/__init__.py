"""The interface for programs, `/api/v1/`: what the pages show, as JSON with its sources, for every origin.

An `Endpoint` says which forms its parameters go through, and a function answers what is valid. From the same forms the
OpenAPI document and the readable page `/api/` are written, so that neither can say what is not so.
"""
