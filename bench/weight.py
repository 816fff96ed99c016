"""What the first load of Today weighs over the wire, in a browser with nothing in its cache."""

from tests.journeys.harness import chromium
from tests.journeys.harness.looks import DESK
from tests.journeys.harness.served import served
from tests.journeys.harness.story import sign_in_as

SHIFT = """() => new Promise((done) => {
    let sum = 0;
    const add = (one) => { if (!one.hadRecentInput) sum += one.value; };
    new PerformanceObserver((list) => list.getEntries().forEach(add))
        .observe({type: "layout-shift", buffered: true});
    setTimeout(() => done(sum), 800);
})"""


def measured() -> dict[str, object]:
    """Bytes of everything the browser fetched, hosts that are not ours, and the layout shift."""
    with served(16, 3) as program, chromium.chromium() as browser:
        signed_in = browser.new_context(base_url=program.address)
        sign_in_as(signed_in.new_page(), "Priya Raman")
        fresh = browser.new_context(base_url=program.address, storage_state=signed_in.storage_state(), viewport=DESK)
        page, taken, hosts = fresh.new_page(), [], set()
        page.on("requestfinished", lambda request: taken.append(request))
        page.goto("/", wait_until="networkidle")
        shift = page.evaluate(SHIFT)
        parts = []
        for request in taken:
            sizes = request.sizes()
            parts.append(
                (request.url.removeprefix(program.address), sizes["responseBodySize"], sizes["responseHeadersSize"])
            )
            if not request.url.startswith((program.address, "data:")):
                hosts.add(request.url)
        encodings = {request.response().headers.get("content-encoding", "none") for request in taken}
    return {
        "bytes": sum(body + head for _url, body, head in parts), "body_bytes": sum(body for _url, body, _ in parts),
        "parts": parts, "elsewhere": sorted(hosts), "layout_shift": round(shift, 4), "encodings": sorted(encodings),
    }  # fmt: skip
