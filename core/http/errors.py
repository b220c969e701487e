"""Return error pages that say what to do next, each with a link to the emergency pages."""

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import is_valid_path

from core.http.addresses import is_local
from core.http.caching import NO_STORE, forbid_storing
from core.logging import report_id

#: Read once and sent unchanged, so that a broken template engine does not break this page.
SERVER_ERROR = (Path(settings.BASE_DIR) / "templates" / "500.html").read_text(encoding="utf-8")


class TooManyRequestsError(Exception):
    """Raised by a view that writes rows when the budget that all readers share is spent."""


class PasswordHashBusyError(Exception):
    """Raised while another thread is hashing a password. The answer is 429, which holds no thread."""


def error_page(request: HttpRequest, status: int, title: str, what_to_do: str) -> HttpResponse:
    """Return a page that says what happened and what to do next."""
    context = {"status": status, "title": title, "what_to_do": what_to_do, "back": "/"}
    response = render(request, "error.html", context, status=status)
    response["Cache-Control"] = NO_STORE
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 400, "这个请求没看懂", "回上一页再试一次。还不行，就从首页重新进来。")


def forbidden(request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:
    return error_page(request, 403, "这一下没有收下", "它好像不是从本站的页面点出来的。请从首页重新进来再试。")


#: What chat apps and mail programs include when a sentence ends right after a link.
PUNCTUATION = "。，、；：！？”’）》】」』…．｡～~—·.,;:!?)]}>\"'\u3000\u200b\u200e\u200f\ufeff "


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404, or redirect if only the punctuation after the address is wrong."""
    path = request.path_info.rstrip("/").rstrip(PUNCTUATION).rstrip("/") + "/"
    if request.method in ("GET", "HEAD") and path != request.path_info and is_local(path) and is_valid_path(path):
        response = redirect(path, permanent=True)
        forbid_storing(response)  # the path may hold a plan
        return response
    return error_page(request, 404, "没有这一页", "地址可能抄错了，也可能改了名字。从首页或指南里找找看。")


def not_allowed(request: HttpRequest, allow: str) -> HttpResponse:
    response = error_page(request, 405, "这个地址不能直接打开", "它只收页面里点出来的东西。从首页重新进来就好。")
    response["Allow"] = allow
    return response


def too_large(request: HttpRequest) -> HttpResponse:
    return error_page(request, 413, "发来的内容太长了", "删短一些，再发一次。")


def too_many(request: HttpRequest) -> HttpResponse:
    response = error_page(
        request, 429, "这会儿收不下了", "这一阵来的太多。晚些时候再试。看指南、看“已经出事了”，都不受影响。"
    )
    response["Retry-After"] = "3600"
    return response


def busy(request: HttpRequest) -> HttpResponse:
    """Answer 429. A proxy would take a 503 for a failure of the whole copy and ask another one."""
    response = error_page(request, 429, "正在核对别人的密码", "这里一次只核对一个密码。等几秒，再登录一次。")
    response["Retry-After"] = "5"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Return the static 500 page with a number to quote. It needs no template engine and no database."""
    html = SERVER_ERROR.replace("00000000", report_id(request))
    return HttpResponse(html, status=500, headers={"Cache-Control": NO_STORE})
