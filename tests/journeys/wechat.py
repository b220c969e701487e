"""WeChat's browser, as near as one gets here: what it says it is, what it has not, its size, its larger text."""

from playwright.sync_api import BrowserContext, Route

from tests.journeys.conftest import Opener

ANDROID = (
    "Mozilla/5.0 (Linux; Android 10; PCAM00 Build/QKQ1.190918.001; wv) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Version/4.0 Chrome/116.0.0.0 Mobile Safari/537.36 XWEB/1160117 MMWEBSDK/20240404 MicroMessenger/8.0.49.2600"
    " WeChat/arm64 Weixin NetType/3gnet Language/zh_CN"
)
IOS = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 14_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148"
    " MicroMessenger/8.0.49(0x18003137) NetType/4G Language/zh_CN"
)
#: Between its bars a phone of 390 × 844 has this much left.
SCREEN = {"width": 390, "height": 664}
ZOOM = 1.4
HAS_NOT = """
delete window.print; window.print = undefined;
Object.defineProperty(Navigator.prototype, "share", { value: undefined });
Object.defineProperty(Navigator.prototype, "clipboard", { value: undefined });
"""


def open_wechat(opens: Opener, user_agent: str) -> BrowserContext:
    """A context like WeChat's. Its text zoom comes as WeChat does it on iPhones, by a rule on the page."""
    context = opens(
        user_agent=user_agent,
        viewport=SCREEN,
        is_mobile=True,
        has_touch=True,
        device_scale_factor=2,
        service_workers="block",
        accept_downloads=False,
    )
    context.add_init_script(HAS_NOT)

    def larger(route: Route) -> None:
        answer = route.fetch()
        rule = f"text-size-adjust: {ZOOM:.0%} !important"
        zoom = f"\nhtml, body {{ -webkit-{rule}; {rule} }}"
        route.fulfill(response=answer, body=answer.text() + zoom)

    context.route("**/static/css/*.css", larger)
    return context
