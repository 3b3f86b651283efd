#!/usr/bin/env python3
"""headers_probe.py - probe headers, cookies, hosts, links and downloads of a site.

It reads only, with two exceptions: --login-user signs in once (a session row and
last_login change), and the language switch is POSTed.  No RSVP, no upload.

INSTALL: nothing; Python 3.11 standard library only.  --sqlite uses the sqlite3
  module (apt-get install python3 has it); without it that one check says SKIP.
  --login needs Django's ordinary login form (username, password, csrf field).

USE (give as many of each as you have; unknown things are left out, not guessed)
    headers_probe.py http://127.0.0.1:8000 --guest / --guest /personvern/ \
        --personal /i/TOKEN/ --ics /i/TOKEN/kalender.ics --media /i/TOKEN/bilde/1.jpg \
        --sqlite db.sqlite3 --admin /admin/ \
        --login-user admin --csv /admin/.../export.csv          # password: --login-pass or $PROBE_PASSWORD
    --secure   behave like a TLS-ending proxy (X-Forwarded-Proto: https), and then
               require HSTS and Secure cookies; an https:// base implies it
    --state-cmd 'python manage.py dumpdata --natural-foreign -e sessions'
               any command whose OUTPUT is the state, where --sqlite does not fit (PostgreSQL)

CHECKS   (PASS / FAIL / WARN / SKIP; only FAIL sets the exit status)
  every page  CSP present; script-src and style-src without unsafe-inline/-eval,
              wildcard, http:, data:; object-src, base-uri, form-action,
              frame-ancestors closed; nosniff; Referrer-Policy; COOP; HSTS >= 1 y
              with includeSubDomains when secure; no version in Server;
              no other origin in src/href of scripts, styles, images, frames
              Referrer-Policy no-referrer on a page with a POST form is a FAIL:
              browsers then send "Origin: null" and Django's CSRF check answers 403
  personal    Cache-Control no-store (private alone: WARN); X-Robots-Tag noindex;
              no cookie but csrf/language; GET, HEAD, OPTIONS, prefetch and mail
              scanner requests change nothing; wrong token (last character
              changed, cut, other case, empty) is 404 without a trace of the
              guest, and itself no-store; the token does not ride to other sites
  cookies     HttpOnly, SameSite, no Domain, Secure when secure; __Host- advised
  site        foreign Host and X-Forwarded-Host are refused or unused; TRACE off;
              404 shows no debug page; ?next= and set_language stay at home;
              /.git/HEAD, /.env, /db.sqlite3 not served; security.txt advised
  admin       not cached, noindex, login asks again without a session
  ics / media / csv
              right type, nosniff, CRLF + 75 octets; image type and no EXIF/GPS;
              no spreadsheet cell that begins a formula (= + - @ tab CR)

EXIT  0 no FAIL   1 some FAIL   2 bad use or the site does not answer   3 a
      dependency is missing for something that was asked for
"""
import argparse
import csv
import hashlib
import http.client
import io
import os
import re
import ssl
import struct
import subprocess
import sys
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urljoin, urlsplit

EVIL = "probe-evil.example"
YEAR = 31536000
COUNT = {"PASS": 0, "FAIL": 0, "WARN": 0, "SKIP": 0}
MISSING = []
QUIET = False


def say(kind, where, text):
    COUNT[kind] += 1
    if kind != "PASS" or not QUIET:
        print(f"{kind}  {where:<28} {text}")


def test(ok, where, good, bad, soft=False):
    say("PASS" if ok else "WARN" if soft else "FAIL", where, good if ok else bad)
    return ok


class Resp:
    def __init__(self, r, body):
        self.status, self.body = r.status, body
        self.headers = [(k.lower(), v) for k, v in r.getheaders()]

    def get(self, name, default=""):
        got = [v for k, v in self.headers if k == name.lower()]
        return ", ".join(got) if got else default

    @property
    def cookies(self):
        return [v for k, v in self.headers if k == "set-cookie"]

    @property
    def text(self):
        return self.body.decode("utf-8", "replace")


class Site:
    def __init__(self, base, secure, timeout):
        u = urlsplit(base)
        self.u, self.timeout = u, timeout
        self.secure = secure or u.scheme == "https"
        self.pretend = secure and u.scheme == "http"
        self.origin = f"{u.scheme}://{u.netloc}"
        self.jar = {}

    def ask(self, method, path, headers=None, body=None, cookies=None):
        conn = (http.client.HTTPSConnection(self.u.hostname, self.u.port, timeout=self.timeout,
                                            context=ssl._create_unverified_context())
                if self.u.scheme == "https" else
                http.client.HTTPConnection(self.u.hostname, self.u.port, timeout=self.timeout))
        h = {"User-Agent": "headers_probe", "Accept": "text/html,*/*", "Accept-Language": "nb"}
        if self.pretend:
            h["X-Forwarded-Proto"] = "https"
        h.update(headers or {})
        if cookies:
            h["Cookie"] = "; ".join(f"{k}={v}" for k, v in cookies.items())
        skip_host = "Host" in h
        try:
            conn.putrequest(method, path, skip_host=skip_host, skip_accept_encoding=True)
            data = body.encode() if isinstance(body, str) else body
            if data is not None:
                h["Content-Length"] = str(len(data))
            for k, v in h.items():
                conn.putheader(k, v)
            conn.endheaders(data)
            r = conn.getresponse()
            return Resp(r, r.read())
        finally:
            conn.close()

    def form_post(self, page, action, fields, cookies=None, headers=None):
        """GET page for its csrf cookie and field, then POST action."""
        jar = dict(cookies or {})
        g = self.ask("GET", page, cookies=jar)
        take(g, jar)
        m = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', g.text)
        data = dict(fields)
        if m:
            data["csrfmiddlewaretoken"] = m.group(1)
        scheme = "https" if self.secure else "http"
        h = {"Content-Type": "application/x-www-form-urlencoded", "Referer": f"{scheme}://{self.u.netloc}{page}",
             "Origin": f"{scheme}://{self.u.netloc}", **(headers or {})}
        r = self.ask("POST", action, h, urlencode(data), jar)
        take(r, jar)
        return r, jar


def take(resp, jar):
    for line in resp.cookies:
        c = SimpleCookie()
        try:
            c.load(line)
        except Exception:
            continue
        for k, m in c.items():
            jar[k] = m.value


class Page(HTMLParser):
    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.loads, self.links, self.forms, self.inline = [], [], [], []
        self._form = None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        if tag in ("script", "img", "iframe", "source", "video", "audio", "embed", "track", "input") and a.get("src"):
            self.loads.append((tag, a["src"]))
        if tag == "link" and a.get("href") and not re.search(r"canonical|alternate", a.get("rel") or ""):
            self.loads.append((tag, a["href"]))
        if tag == "a" and a.get("href"):
            self.links.append((a["href"], (a.get("rel") or "").lower()))
        if tag == "form":
            self.forms.append(((a.get("method") or "get").lower(), a.get("action") or ""))
        if tag == "script" and not a.get("src") and (a.get("type") or "") not in ("application/json", "application/ld+json"):
            self.inline.append("<script>")
        if tag == "style":
            self.inline.append("<style>")
        for k in a:
            if k.startswith("on") or k == "style":
                self.inline.append(f"<{tag} {k}=>")


def parse_csp(value):
    out = {}
    for part in value.split(";"):
        bits = part.split()
        if bits and bits[0].lower() not in out:
            out[bits[0].lower()] = [b.lower() for b in bits[1:]]
    return out


def check_csp(site, where, r, page):
    value = r.get("content-security-policy")
    if not test(bool(value), where, "CSP present", "no Content-Security-Policy"
                + (" (report-only does not protect)" if r.get("content-security-policy-report-only") else "")):
        return
    csp = parse_csp(value)
    base = csp.get("default-src")
    test(base is not None, where, "default-src set", "CSP without default-src")
    for d in ("script-src", "style-src"):
        src = csp.get(d, base)
        if src is None:
            say("FAIL", where, f"neither {d} nor default-src")
            continue
        bad = [s for s in src if s in ("'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'", "*", "http:", "https:", "data:", "blob:")]
        if "'strict-dynamic'" in src and any(s.startswith(("'nonce-", "'sha")) for s in src):
            bad = [s for s in bad if s not in ("https:", "http:", "'unsafe-inline'")]
        outside = [s for s in src if re.match(r"(https?://|[\w*-]+\.)", s) and site.u.netloc not in s]
        test(not bad, where, f"{d} is strict", f"{d} allows {' '.join(bad)}")
        if outside:
            say("WARN", where, f"{d} allows another origin: {' '.join(outside)}")
    eff = lambda d: csp.get(d, base)
    test(eff("object-src") == ["'none'"], where, "object-src 'none'", f"object-src is {eff('object-src')}, want 'none'")
    test(csp.get("base-uri") in (["'none'"], ["'self'"]), where, "base-uri closed", f"base-uri is {csp.get('base-uri')}")
    test(csp.get("form-action") in (["'none'"], ["'self'"]), where, "form-action closed", f"form-action is {csp.get('form-action')}",
         soft=bool(csp.get("form-action")))
    test(csp.get("frame-ancestors") in (["'none'"], ["'self'"]), where, "frame-ancestors closed",
         f"frame-ancestors is {csp.get('frame-ancestors')} (default-src does not cover it)")
    if page and page.inline:
        nonce = any(s.startswith(("'nonce-", "'sha")) for d in ("script-src", "style-src") for s in (csp.get(d) or []))
        if not nonce:
            say("WARN", where, "markup that this CSP blocks: " + ", ".join(sorted(set(page.inline))[:5]))


def check_page(site, where, r, personal=False):
    ctype = r.get("content-type")
    page = Page(r.text) if "html" in ctype else None
    check_csp(site, where, r, page)
    test(r.get("x-content-type-options").lower() == "nosniff", where, "nosniff", "no X-Content-Type-Options: nosniff")
    pol = [p.strip() for p in r.get("referrer-policy").lower().split(",") if p.strip()]
    pol = pol[-1] if pol else ""
    good = {"same-origin", "strict-origin", "no-referrer"} | (set() if personal else {"strict-origin-when-cross-origin"})
    test(pol in good, where, f"Referrer-Policy {pol}", f"Referrer-Policy is {pol or 'missing'}, want same-origin",
         soft=pol in ("strict-origin-when-cross-origin", "origin"))
    if page and pol == "no-referrer" and any(m == "post" for m, _ in page.forms):
        say("FAIL", where, "Referrer-Policy no-referrer + POST form: browsers send Origin: null and Django answers 403; use same-origin")
    test(r.get("cross-origin-opener-policy").lower().startswith("same-origin"), where, "COOP same-origin",
         "no Cross-Origin-Opener-Policy: same-origin", soft=True)
    test(bool(r.get("permissions-policy")), where, "Permissions-Policy set", "no Permissions-Policy", soft=True)
    if site.secure:
        m = re.search(r"max-age=(\d+)", r.get("strict-transport-security"))
        test(bool(m) and int(m.group(1)) >= YEAR, where, "HSTS >= 1 year", f"HSTS is {r.get('strict-transport-security') or 'missing'}")
        test("includesubdomains" in r.get("strict-transport-security").lower(), where, "HSTS includeSubDomains",
             "HSTS without includeSubDomains", soft=True)
    for h in ("server", "x-powered-by", "x-aspnet-version"):
        if re.search(r"\d", r.get(h)):
            say("WARN", where, f"{h} tells a version: {r.get(h)}")
    acao = r.get("access-control-allow-origin")
    test(acao != "*" and EVIL not in acao, where, "no open CORS", f"Access-Control-Allow-Origin: {acao}")
    if page:
        far = sorted({urlsplit(urljoin(site.origin + "/", u)).netloc for _, u in page.loads
                      if urlsplit(urljoin(site.origin + "/", u)).scheme in ("http", "https")} - {site.u.netloc})
        test(not far, where, "loads from this origin only", "loads from other origins: " + ", ".join(far))
    return page


def check_cookies(site, where, r):
    for line in r.cookies:
        name = line.split("=", 1)[0].strip()
        low = [p.strip().lower() for p in line.split(";")[1:]]
        tag = f"{where} cookie {name}"
        lang = "lang" in name.lower()
        flags = [p for p in low]
        test("httponly" in flags, tag, "HttpOnly", "no HttpOnly", soft=lang or "csrf" in name.lower())
        ss = next((p.split("=")[1] for p in flags if p.startswith("samesite=")), "")
        test(ss in ("lax", "strict"), tag, f"SameSite={ss}", f"SameSite is {ss or 'missing'}")
        test(not any(p.startswith("domain=") for p in flags), tag, "host only", "has a Domain", soft=True)
        if site.secure:
            test("secure" in flags, tag, "Secure", "no Secure")
            if not name.startswith(("__Host-", "__Secure-")):
                say("WARN", tag, "no __Host- prefix (ASVS 5.0 3.3.1/3.3.3)")


# -- does a read change anything? ------------------------------------------------------
def sqlite_state(path, ignore):
    try:
        import sqlite3
    except ImportError:
        MISSING.append("sqlite3 module")
        return None
    con = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        out = {}
        for (t,) in con.execute("select name from sqlite_master where type='table' and name not like 'sqlite_%' order by 1"):
            if t in ignore:
                continue
            rows = sorted(repr(r) for r in con.execute(f'select * from "{t}"'))
            out[t] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
        return out
    finally:
        con.close()


def state(args):
    if args.sqlite:
        return sqlite_state(args.sqlite, set(args.sqlite_ignore))
    if args.state_cmd:
        r = subprocess.run(args.state_cmd, shell=True, capture_output=True, stdin=subprocess.DEVNULL)
        if r.returncode or not r.stdout.strip():
            print("headers_probe: --state-cmd failed or printed nothing: "
                  f"{r.stderr.decode(errors='replace')[:200]}", file=sys.stderr)
            sys.exit(2)
        return {"state": hashlib.sha256(r.stdout).hexdigest()}
    return None


SCANNERS = [
    ("GET", {}, "plain GET"),
    ("HEAD", {}, "HEAD"),
    ("OPTIONS", {}, "OPTIONS"),
    ("GET", {"Purpose": "prefetch", "Sec-Purpose": "prefetch"}, "browser prefetch"),
    ("GET", {"User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Safari/537.36",
             "Sec-Fetch-Mode": "navigate"}, "mail scanner posing as a browser"),
    ("HEAD", {"User-Agent": "Mimecast-URL-Protect"}, "mail scanner HEAD"),
    ("GET", {"User-Agent": "Slackbot-LinkExpanding 1.0"}, "chat preview"),
]


def plain(text):
    text = re.sub(r'(csrfmiddlewaretoken" value=")[^"]+', r"\1", text)
    text = re.sub(r'(nonce=")[^"]+', r"\1", text)
    return text


def check_safe(site, args, path):
    before, first = state(args), site.ask("GET", path)
    weird = []
    for method, headers, name in SCANNERS:
        for p in (path, path + ("&" if "?" in path else "?") + "answer=yes&rsvp=yes&svar=ja&confirm=1"):
            r = site.ask(method, p, headers)
            if r.status >= 500:
                weird.append(f"{name}: {r.status}")
            if method == "HEAD" and r.body:
                weird.append("HEAD has a body")
    after, again = state(args), site.ask("GET", path)
    test(not weird, path, "scanner-like reads are answered calmly", "; ".join(weird))
    if before is None or after is None:
        say("SKIP" if not args.sqlite and not args.state_cmd else "FAIL", path,
            "state compared by page only: give --sqlite or --state-cmd")
    else:
        diff = sorted(k for k in {*before, *after} if before.get(k) != after.get(k))
        test(not diff, path, "reads change nothing in the database", "READS CHANGE DATA in: " + ", ".join(diff))
    test(plain(first.text) == plain(again.text), path, "page is the same after all reads", "page differs after reads alone")


def check_token(site, path, r):
    m = max(re.findall(r"[A-Za-z0-9_\-:]{12,}", urlsplit(path).path), key=len, default=None)
    if not m:
        say("WARN", path, "no token of 12+ characters in the path: cannot be guessed-proof")
        return
    test(len(m) >= 22, path, f"token of {len(m)} characters", f"token of {len(m)} characters: 22 base64url characters make 128 bits",
         soft=len(m) >= 16)
    public = site.ask("GET", "/").text  # the address to ask for help stands on every page and is nobody's secret
    marks = {w for w in re.findall(r">([^<>]{4,40}@[^<>]{3,40}|[^<>]{6,40})<", r.text) if "@" in w and w not in public}
    other = "A" if m[-1] != "A" else "B"
    for name, t in (("last character changed", m[:-1] + other), ("cut by one", m[:-1]), ("other case", m.swapcase()),
                    ("digits", "1" * len(m)), ("non-ASCII", "%C3%A5" * len(m)), ("NUL byte", m + "%00"),
                    ("4000 characters", "A" * 4000)):
        if t == m:
            continue
        w = site.ask("GET", path.replace(m, t))
        test(w.status in (404, 410, 403, 400, 414), path, f"wrong token ({name}): {w.status}", f"wrong token ({name}) answers {w.status}")
        leak = [x for x in marks if x in w.text]
        if leak or m in w.text:
            say("FAIL", path, f"the answer to a wrong token shows the guest's data ({name})")
        if name == "cut by one":
            test("no-store" in w.get("cache-control").lower() or "noindex" in w.get("x-robots-tag").lower(), path,
                 "wrong-token page is not cached or indexed", "wrong-token page: no no-store / noindex", soft=True)


def check_personal(site, args, path):
    r = site.ask("GET", path)
    if not test(r.status == 200, path, "answers 200", f"answers {r.status}"):
        return
    page = check_page(site, path, r, personal=True)
    check_cookies(site, path, r)
    cc = r.get("cache-control").lower()
    if "no-store" in cc:
        say("PASS", path, f"Cache-Control: {cc}")
    else:
        say("WARN" if "private" in cc else "FAIL", path, f"Cache-Control is {cc or 'missing'}: want private, no-store")
    robots = r.get("x-robots-tag").lower()
    test("noindex" in robots, path, "X-Robots-Tag noindex", f"X-Robots-Tag is {robots or 'missing'}")
    odd = [c.split("=", 1)[0] for c in r.cookies if not re.search(r"csrf|lang", c.split("=", 1)[0], re.I)]
    test(not odd, path, "no tracking or session cookie on a first visit", "sets cookies on a plain visit: " + ", ".join(odd))
    check_safe(site, args, path)
    check_token(site, path, r)
    if page:
        tok = max(re.findall(r"[A-Za-z0-9_\-:]{12,}", urlsplit(path).path), key=len, default="\0")
        ride = [h for h, _ in page.links if urlsplit(h).netloc not in ("", site.u.netloc) and tok in h]
        test(not ride, path, "token in no outgoing link", "token rides in links to other sites: " + ", ".join(ride)[:120])


def check_site(site, args):
    first = (args.guest or args.personal or ["/"])[0]
    for hdr in ({"Host": EVIL}, {"X-Forwarded-Host": EVIL}, {"Forwarded": f"host={EVIL}"}):
        name, used, statuses = next(iter(hdr)), [], set()
        for path in [*args.guest[:3], *args.personal[:3], *args.admin[:1], args.login_path]:
            try:
                r = site.ask("GET", path, hdr)
            except (OSError, http.client.HTTPException):
                continue
            statuses.add(r.status)
            if EVIL in r.text or EVIL in r.get("location"):
                used.append(path)
        if name == "Host":
            test(not used and not statuses & {200, 301, 302}, "Host: " + EVIL, f"refused {sorted(statuses)}",
                 f"foreign Host answered {sorted(statuses)}" + (f" and used in {used}" if used else ""))
        else:
            test(not used, f"{name}: {EVIL}", "unused", f"foreign host used in {used}: mailed links could point there")
    try:
        r = site.ask("TRACE", first, {"X-Probe-Echo": "probe-echo-7c1"})
        echo = "probe-echo-7c1" in r.text
        test(r.status >= 400, "TRACE", f"refused with {r.status}", "request is echoed back" if echo else
             f"answers {r.status} (not echoed; Django function views need require_http_methods)", soft=not echo)
    except (OSError, http.client.HTTPException):
        say("PASS", "TRACE", "connection refused")
    r = site.ask("GET", "/headers-probe-no-such-page-5f1c/")
    debug = "DEBUG = True" in r.text or "Traceback (most recent" in r.text or "URLconf" in r.text
    test(r.status == 404 and not debug, "404 page", "plain 404", "debug page or wrong status " + str(r.status))
    test(r.get("x-content-type-options") == "nosniff" and bool(r.get("content-security-policy")), "404 page",
         "has the security headers too", "404 page lacks CSP or nosniff", soft=True)
    for p in ("/.git/HEAD", "/.env", "/db.sqlite3", "/media/", "/static/", "/settings.py"):
        r = site.ask("GET", p)
        listing = r.status == 200 and ("Index of" in r.text or "Directory listing" in r.text)
        test(not (r.status == 200 and (listing or not p.endswith("/"))), p, f"not served ({r.status})", "is served!")
    r = site.ask("GET", "/.well-known/security.txt")
    test(r.status == 200, "/.well-known/security.txt", "there", "missing (RFC 9116)", soft=True)
    bad_next = [f"https://{EVIL}/", f"//{EVIL}/", f"/\\{EVIL}/", f"https:{EVIL}", "javascript:alert(1)"]
    for p in [first, *args.redirect]:
        for n in bad_next:
            for key in ("next", "url", "return", "redirect"):
                r = site.ask("GET", p + ("&" if "?" in p else "?") + urlencode({key: n}))
                loc = r.get("location")
                if loc and (urlsplit(urljoin(site.origin, loc)).netloc != site.u.netloc or loc.startswith(("/\\", "javascript:"))):
                    say("FAIL", p, f"open redirect: ?{key}={n} goes to {loc}")
                    break
            else:
                continue
            break
        else:
            say("PASS", p, "no open redirect by ?next= ?url= ?return= ?redirect=")
    lang = args.set_language
    if lang:
        with_form = next((p for p in [*args.guest, *args.personal, args.login_path]
                          if "csrfmiddlewaretoken" in site.ask("GET", p).text), first)
        for n in bad_next[:3]:
            r, _ = site.form_post(with_form, lang, {"language": "en", "next": n})
            loc = r.get("location")
            if r.status == 404:
                say("SKIP", lang, "no set_language view there")
                break
            if r.status == 403:
                say("WARN", lang, "403 from CSRF: give --guest a page with the language form")
                break
            test(not loc or urlsplit(urljoin(site.origin, loc)).netloc == site.u.netloc, lang,
                 f"language switch stays at home for next={n}", f"language switch goes to {loc}")


def check_admin(site, args):
    jar = None
    for p in args.admin:
        r = site.ask("GET", p)
        test(r.status in (301, 302, 401, 403, 404) or "password" in r.text, p, f"closed without a session ({r.status})",
             f"open without login ({r.status})")
        if r.status in (301, 302):
            r = site.ask("GET", urlsplit(r.get("location"))._replace(scheme="", netloc="").geturl())
        check_page(site, p + " (login)", r)
        check_cookies(site, p + " (login)", r)
        cc = r.get("cache-control").lower()
        test("no-store" in cc or "private" in cc, p, "login page not cached", f"login page Cache-Control: {cc or 'missing'}")
    if args.login_user:
        r, jar = site.form_post(args.login_path, args.login_path,
                                {"username": args.login_user, "password": args.login_pass or "", "next": f"https://{EVIL}/"})
        loc = r.get("location")
        if r.status not in (301, 302):
            say("FAIL", args.login_path, f"login did not work ({r.status})")
            return None
        test(urlsplit(urljoin(site.origin, loc)).netloc == site.u.netloc, args.login_path, "login ignores a foreign next",
             f"login redirects to {loc}")
        check_cookies(site, args.login_path + " (signed in)", r)
        for p in args.admin:
            r = site.ask("GET", p, cookies=jar)
            cc = r.get("cache-control").lower()
            test("no-store" in cc or "private" in cc, p + " (signed in)", f"Cache-Control {cc}", f"Cache-Control: {cc or 'missing'}")
            r = site.ask("GET", p, cookies={k: v for k, v in jar.items() if "session" not in k.lower()})
            test(r.status != 200 or "password" in r.text, p, "without the session cookie it asks again", "readable without the session cookie")
    return jar


def check_ics(site, path, jar):
    r = site.ask("GET", path, cookies=jar)
    if not test(r.status == 200, path, "answers 200", f"answers {r.status}"):
        return
    test(r.get("content-type").lower().startswith("text/calendar"), path, "text/calendar", f"Content-Type {r.get('content-type')}")
    test(r.get("x-content-type-options") == "nosniff", path, "nosniff", "no nosniff")
    cc = r.get("cache-control").lower()
    test("no-store" in cc or "private" in cc, path, f"Cache-Control {cc}", f"Cache-Control {cc or 'missing'}")
    body = r.body
    test(b"\n" not in body.replace(b"\r\n", b"") and b"\r" not in body.replace(b"\r\n", b""), path, "CRLF only", "bare CR or LF in the calendar")
    long = [l for l in body.split(b"\r\n") if len(l) > 75]
    test(not long, path, "lines of 75 octets at most", f"{len(long)} lines over 75 octets")
    unfolded = re.sub(rb"\r?\n[ \t]", b"", body).replace(b"\r", b"")
    names = [l.split(b":", 1)[0].split(b";", 1)[0].upper() for l in unfolded.split(b"\n") if l]
    bad = [n for n in names if not re.fullmatch(rb"[A-Z0-9-]+", n)]
    test(not bad, path, "every line is a property", f"lines that are no property (injection or bad folding): {bad[:3]}")
    need = [n for n in (b"BEGIN", b"VERSION", b"PRODID", b"UID", b"DTSTAMP", b"DTSTART", b"END") if n not in names]
    test(not need, path, "has the required properties", f"lacks {b', '.join(need).decode()}")
    test(names.count(b"UID") == unfolded.upper().count(b"BEGIN:VEVENT"), path, "one UID per event", "UIDs and events do not match")
    test(b"ATTENDEE" not in names or names.count(b"ATTENDEE") <= 1, path, "no other guests listed", "lists several ATTENDEEs: other guests' addresses")


def jpeg_app1(data):
    i = 2
    while i + 4 <= len(data) and data[i] == 0xFF:
        marker, size = data[i + 1], struct.unpack(">H", data[i + 2:i + 4])[0]
        if marker == 0xE1:
            yield data[i + 4:i + 2 + size]
        if marker == 0xDA:
            return
        i += 2 + size


def check_media(site, path, jar):
    r = site.ask("GET", path, cookies=jar)
    if not test(r.status == 200, path, "answers 200", f"answers {r.status}"):
        return
    b = r.body
    kind = ("image/jpeg" if b[:2] == b"\xff\xd8" else "image/png" if b[:8] == b"\x89PNG\r\n\x1a\n" else
            "image/webp" if b[:4] == b"RIFF" and b[8:12] == b"WEBP" else "image/avif" if b[4:12] == b"ftypavif" else "?")
    ct = r.get("content-type").split(";")[0].strip()
    test(kind == ct, path, f"{ct} and truly so", f"Content-Type {ct} but the bytes are {kind}")
    test(r.get("x-content-type-options") == "nosniff", path, "nosniff", "no nosniff")
    csp = r.get("content-security-policy")
    test("sandbox" in csp or "default-src 'none'" in csp or "attachment" in r.get("content-disposition"), path,
         "upload is served closed", "upload without CSP sandbox/none or attachment", soft=kind != "?")
    exif = kind == "image/jpeg" and any(x.startswith((b"Exif", b"http://ns.adobe.com/xap")) for x in jpeg_app1(b)) \
        or kind == "image/png" and b"eXIf" in b or kind == "image/webp" and b"EXIF" in b
    test(not exif, path, "no EXIF/XMP", "EXIF or XMP is still inside (place, camera, time)")
    cc = r.get("cache-control").lower()
    test("private" in cc or "no-store" in cc, path, f"Cache-Control {cc}", f"Cache-Control {cc or 'missing'}: shared caches may keep a guest photo")
    if jar is None:
        m = max(re.findall(r"[A-Za-z0-9_\-]{16,}", path), key=len, default=None)
        test(bool(m), path, "path is not guessable", "path has no long random part: can photos be counted up?", soft=True)


def check_csv(site, path, jar):
    r = site.ask("GET", path, cookies=jar)
    if not test(r.status == 200, path, "answers 200", f"answers {r.status}"):
        return
    test("attachment" in r.get("content-disposition"), path, "attachment", "no Content-Disposition: attachment", soft=True)
    test(r.get("x-content-type-options") == "nosniff", path, "nosniff", "no nosniff")
    text = r.body.decode("utf-8-sig", "replace")
    delim = ";" if text.split("\n", 1)[0].count(";") > text.split("\n", 1)[0].count(",") else ","
    hot = []
    for n, row in enumerate(csv.reader(io.StringIO(text), delimiter=delim), 1):
        for cell in row:
            if cell[:1] in "=+-@\t\r\uff1d\uff0b\uff0d\uff20" and cell and not re.fullmatch(r"[+-]?\d[\d\s.,]*", cell):
                hot.append((n, cell[:30]))
    test(not hot, path, "no cell begins a formula", f"cells that begin a formula: {hot[:3]}")
    if path not in OPEN_OK:
        anon = site.ask("GET", path)
        test(anon.status != 200 or "password" in anon.text, path, "closed without a session", "EXPORT IS OPEN without login")


OPEN_OK = set()


def main():
    global QUIET
    p = argparse.ArgumentParser(description="Header, cookie and link probe; see the top of the file.")
    p.add_argument("base")
    for name, text in (("guest", "public guest page"), ("personal", "page behind a personal link"), ("admin", "organiser page"),
                       ("ics", "calendar file"), ("media", "guest photo"), ("csv", "export (needs --login-user)"),
                       ("redirect", "page that may take ?next=")):
        p.add_argument(f"--{name}", action="append", default=[], help=text + " (repeat)")
    p.add_argument("--set-language", default="/i18n/setlang/", help="'' to leave out")
    p.add_argument("--login-user")
    p.add_argument("--login-pass", default=os.environ.get("PROBE_PASSWORD"))
    p.add_argument("--login-path", default="/admin/login/")
    p.add_argument("--sqlite", help="database file to compare before and after reads")
    p.add_argument("--sqlite-ignore", action="append", default=["django_session"], help="table that reads may touch (repeat)")
    p.add_argument("--state-cmd", help="shell command that prints the state")
    p.add_argument("--secure", action="store_true")
    p.add_argument("--timeout", type=float, default=15)
    p.add_argument("--quiet", action="store_true", help="leave PASS lines out")
    args = p.parse_args()
    QUIET = args.quiet
    if not re.match(r"https?://", args.base):
        print("headers_probe: BASE must start with http:// or https://", file=sys.stderr)
        return 2
    site = Site(args.base, args.secure, args.timeout)
    if not args.guest and not args.personal:
        args.guest = ["/"]
    try:
        site.ask("GET", "/")
    except (OSError, http.client.HTTPException) as e:
        print(f"headers_probe: {args.base} does not answer: {e}", file=sys.stderr)
        return 2
    for path in args.guest:
        r = site.ask("GET", path)
        if test(r.status == 200, path, "answers 200", f"answers {r.status}"):
            check_page(site, path, r)
            check_cookies(site, path, r)
    for path in args.personal:
        check_personal(site, args, path)
    check_site(site, args)
    jar = check_admin(site, args) if args.admin or args.login_user else None
    for path in args.ics:
        check_ics(site, path, None)
    for path in args.media:
        check_media(site, path, None)
    for path in args.csv:
        if jar is None:
            say("SKIP", path, "no --login-user: export looked at without a session")
            OPEN_OK.add(path)
        check_csv(site, path, jar)
    print(f"headers_probe: {COUNT['PASS']} passed, {COUNT['FAIL']} failed, {COUNT['WARN']} warnings, {COUNT['SKIP']} skipped")
    if MISSING:
        print("headers_probe: MISSING " + ", ".join(sorted(set(MISSING))), file=sys.stderr)
        return 3
    return 1 if COUNT["FAIL"] else 0


if __name__ == "__main__":
    sys.exit(main())
