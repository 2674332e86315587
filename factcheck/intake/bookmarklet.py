"""The code behind the bookmark that hands the page of the moment to the desk."""

import json
from urllib.parse import quote, urlsplit

# Runs on other people's pages: opens the desk's window, and when that says it is ready sends it the page, to the desk's
# origin alone. Where the site keeps its windows apart nothing answers, and the desk fetches the address.
_CODE = """(()=>{
const desk=%(desk)s,origin=%(origin)s;
const seen=window.open(desk+"?"+new URLSearchParams({url:location.href,title:document.title.slice(0,400)}),"_blank","popup,width=560,height=720");
if(!seen){alert(%(blocked)s);return}
const listen=(event)=>{
if(event.source!==seen||event.origin!==origin||event.data!=="fact-desk-ready")return;
removeEventListener("message",listen);
seen.postMessage({is:"fact-desk-page",html:"<!doctype html>"+document.documentElement.outerHTML},origin);
};
addEventListener("message",listen);
})()"""


def code_for(address: str, *, blocked: str) -> str:
    """The `javascript:` address of a bookmark that opens `address`, the desk's page for what comes from a browser.

    `blocked` is said where the browser opens no window.
    """
    parts = urlsplit(address)
    code = _CODE % {
        "desk": json.dumps(address),
        "origin": json.dumps(f"{parts.scheme}://{parts.netloc}"),
        "blocked": json.dumps(blocked),
    }
    return "javascript:" + quote(code.replace("\n", ""), safe="()[]{}=>!|&?:;,.+'/*-_~@$")
