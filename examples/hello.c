#include <stdio.h>
#include <r53/json.h>
#include <r53/r53.h>

static char json[1 << 20], text[1 << 14];
static r53_query query;

int main(void)
{
    r53_cloud *cloud; r53_observed *observed; r53_import *import; r53_view *view; r53_flow *flow;
    query.size = sizeof query;
    query.name = "example.com";
    int failed = r53_cloud_new(&cloud, NULL) || r53_observed_new(&observed, NULL)
        || r53_import_new(&import, cloud, observed, NULL)
        || r53_json_read(import, json, fread(json, 1, sizeof json, stdin), NULL, NULL)
        || r53_import_commit(import) || r53_view_new(&view, cloud, observed, 0, NULL)
        || r53_flow_new(&flow, NULL) || r53_flow_run(view, &query, NULL, NULL, flow)
        || r53_flow_render(flow, R53_RENDER_TEXT, text, sizeof text, NULL);
    return failed ? 1 : !printf("%s", text);
}
