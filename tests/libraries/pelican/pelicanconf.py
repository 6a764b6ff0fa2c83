SITENAME = "Garden Letters"
PATH = "content"
