"""The toolkit: a PDF and a workbook for the desk, made from the loaded data and published content.

`edition` reads once and makes sections of plain tables and charts; `pdf` and `workbook` write the same sections;
`build` keeps one file of each kind for the data as they are.
"""
