from tests.browser.helpers import *
def test_try(new_page, site):
    page=new_page(viewport={"width":1280,"height":900})
    sign_in(page,"coordinator@demo.example")
    print(page.locator("main").aria_snapshot())
    for u in ("/s/hillside/people/invite/","/s/hillside/tools/","/s/hillside/tools/swot/start/"):
        page.goto(u); print("=====",u); print(page.locator("main").aria_snapshot()[:3500])
