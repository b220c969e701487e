"""Odd values, for each place in a request. Their order stays: with the seed it decides what is sent."""

from tools.fuzz.journeys import CANARY

# fmt: off
#: What stands where something else belongs.
ODD = [
    *(b"", b" ", b"0", b"-1", b"-0", b"1e309", b"nan", b"NULL", b"true", b"9" * 5000, b"0x10", b".", b"..", b"-", b"_"),
    *(b"._._.", b"oq.", b"d1xx", b"dzzz", b"d000000", b"y1xx.y1xx", b"on.1xx", b"999.99s", b"...", b"__proto__"),
    *(b"2026-02-30", b"0000-00-00", b"0001-01-01", b"99999-12-31", b"2026-W01-1", b"20261301", b"9999-12-31"),
    *(b"\x00", b"a\x00b", b"\xff\xfe", b"\xc0\xaf", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xf4\x90\x80\x80",
        b"\x80" * 40),
    *(b"\r\nSet-Cookie: a=b", b"\x1b[2J", b"%00", b"%s%n%x", b"{{7*7}}{% debug %}", b"{0.__class__}", b"${7*7}"),
    *(b"<script>alert(1)</script>", b"\"'><img src=x>", b"' OR 1=1 --", b"../../../../etc/passwd", b"..%2f..%2fsecret"),
    *(b"//evil.example/", b"/\\evil.example", b"https://evil.example/", b"javascript:alert(1)", b"/\t/evil.example/"),
    *(b"///evil.example", b"http:///evil.example", b"/checklist/plan/?kept", b"/%0d%0aa", b"[", b"//[", b"http://[::1"),
    *(sign.encode() for sign in ("²", "٣", "９", "½", "Ⅷ", "\u202e退群", "\u200b", "İ", "ß", "ﷺ")),
    *(("😀" * 20).encode(), ("退" * 201).encode()),
    *(b"x" * length for length in (31, 201, 401, 5000, 66_000)),
    CANARY.encode(),
]
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "get", "X" * 300]
LENGTHS = ["", "0", "1", "7", "-1", "abc", "65536", "65537", "99999999999", "9" * 5000, "\xb2", "1e3", "0x10", " 5",
    "+5"]
HEADERS = {
    "If-None-Match": [b"*", b'"x"', b'W/"x"', b'"' * 99, b"W/" * 99, b'"a","b', b"\xff"],
    "If-Modified-Since": [b"yesterday", b"Sat, 99 Foo 9999 99:99:99 GMT", b"Thu, 01 Jan 1970 00:00:00 GMT", b"9" * 99],
    "Accept-Encoding": [b"", b"identity;q=0", b"br;q=0,gzip;q=0", b"*", b"gzip;q=x", b",,,;;;", b"br;q=0.000", b"\xe9"],
    "Accept-Language": [b"", b"de", b"zh-Hans-CN;q=9", b"x" * 600, b"../../..", b"*;q=0", b"a-" * 200],
    "Range": [b"bytes=0-", b"bytes=-1", b"bytes=9-1", b"bytes=99999999-", b"bytes=a-b", b"lines=1-2", b"bytes=0-1,4-5"],
    "Host": [b"evil.example", b"", b"127.0.0.1:x", b"127.0.0.1:99999999", b"localhost", b"[::1]", b"[", b"a b",
        b"\xff"],
    "Origin": [b"null", b"https://evil.example", b"http://127.0.0.1:8000.evil.example", b"", b"http://[", b"\xff"],
    "Sec-Fetch-Site": [b"cross-site", b"same-site", b"none", b"", b"SAME-ORIGIN", b"same-origin, cross-site"],
    "Referer": [b"", b"https://evil.example/", b"http://[", b"/" * 4000, b"\xff\xfe"],
    "Content-Type": [b"application/x-www-form-urlencoded; charset=x-none", b"multipart/form-data; boundary=",
        b"a/b/c;;="],
    "X-Forwarded-Host": [b"evil.example"],
    "X-Forwarded-Proto": [b"https", b"gopher"],
    "X-Forwarded-For": [CANARY.encode(), b"::1"],
    "X-Request-ID": [b"0" * 32, CANARY.encode()],
    "X-HTTP-Method-Override": [b"DELETE"],
    "HX-Request": [b"true", b"false", b"\xff"],
    "HX-History-Restore-Request": [b"true"],
    "HX-Current-URL": [b"http://[", b"//evil.example", b"x" * 5000],
    "HX-Current-URL-URI-AutoEncoded": [b"true"],
    "HX-Trigger": [b"%ff", "退".encode(), b"{"],
    "HX-Trigger-Name": [b"x"],
    "HX-Trigger-Name-URI-AutoEncoded": [b"true"],
    "Triggering-Event": [b"{", b"[" * 9000, b"nan"],
    "Sec-GPC": [b"1", b"x"],
    "DNT": [b"1"],
    "Cookie": [b";;;", b"=", b"a" * 9000, b'q.habits="a;b"', b"\xff=\xff", b"$Version=1; look=large",
        b"look=large; look=dark"],
    "Expect": [b"100-continue"],
    "Upgrade": [b"websocket"],
}
PATHS = [
    *(b"", b"/", b"//", b"/./", b"/../../etc/passwd", b"/.git/config", b"/.env", b"/index.php", b"/wp-login.php"),
    *(b"//evil.example/", b"/\\evil.example/", b"/%2e%2e/", b"/guide/\x00/", b"/guide/\n/", b"/\xff\xfe/",
        b"/\xc0\xaf/"),
    *(b"/" + b"a" * 9000, b"/guide/" + b"a" * 9000 + b"/", b"/guide", b"/checklist/plan", b"/admin", b"/static/",
        b"static"),
    *(b"/static/../settings.py", b"/static/\x00.000000000000.css", b"/static/" + b"x" * 400 + b".000000000000.css"),
    *(b"/static/..\\..\\secret.0123456789ab.py", b"/static/css/.0123456789ab.css", b"/static/\xff.0123456789ab.css"),
    *(b"/static/[.0123456789ab.css", b"/static///etc/passwd.0123456789ab.x", b"/static/css/site.css/"),
    *(b"/static/css/site.css", b"/static/js/site.js", b"/static/img/favicon.ico", b"/static/js/sw.js"),
    *(b"/quizzes//", b"/quizzes/habits/../", b"/checklist/resume//", b"/checklist/resume/a/b/",
        b"/checklist/resume/%/"),
    *(b"/guide/" + "验证码".encode() + b"/", b"/GUIDE/", b"/guide/-/", b"/guide/_/", b"/?", b"/#", b"*", b"http://x/"),
    *(b"/admin/r/1/1/", b"/admin/r/x/y/", b"/admin/r/99999999999999999999/1/",
        b"/admin/auth/user/99999999999999999999/change/"),
]
# fmt: on
