"""What is printed or pictured: bibs, lists, diplomas, pictures to share. Dataclasses with words in, bytes out.

The looks are in templates/*.typ, which a designer can edit; what is written comes from the reports, translated.
"""
