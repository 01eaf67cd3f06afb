"""Questions of lay people with the articles of law that answer them: are the articles found?"""
