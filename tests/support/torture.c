#include "torture.h"

#include <stdlib.h>

static void *torture_allocate(void *ctx, size_t size)
{
    struct torture *torture = ctx;
    void *block;

    torture->calls++;
    if (torture->calls == torture->fail_at)
        return NULL;
    if (torture->fail_at && torture->calls > torture->fail_at && !torture->once)
        return NULL;
    block = malloc(size);
    torture->live += block != NULL;
    return block;
}

static void torture_release(void *ctx, void *block, size_t size)
{
    struct torture *torture = ctx;

    (void)size;
    torture->live--;
    free(block);
}

r53_allocator torture_allocator(struct torture *torture)
{
    return (r53_allocator){.size = sizeof(r53_allocator),
                           .ctx = torture,
                           .allocate = torture_allocate,
                           .release = torture_release};
}
