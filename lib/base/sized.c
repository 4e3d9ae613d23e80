#include "base/sized.h"

#include <string.h>

bool r53__sized_read(void *dst, size_t size, const void *src)
{
    uint32_t given;

    if (!src)
        return false;
    memcpy(&given, src, sizeof(given));
    if (given < sizeof(given) || given % sizeof(given)) /* no struct of ours has such a size */
        return false;
    for (size_t i = size; i < given; i++) {
        if (((const unsigned char *)src)[i])
            return false;
    }
    if (given > size)
        given = (uint32_t)size;
    memset(dst, 0, size);
    memcpy(dst, src, given);
    memcpy(dst, &given, sizeof(given)); /* the copy may be read again */
    return true;
}

bool r53__sized_write(void *dst, const void *src, size_t size)
{
    uint32_t room;

    if (!dst)
        return false;
    memcpy(&room, dst, sizeof(room));
    if (room < sizeof(room) || room % sizeof(room))
        return false;
    if (size > room)
        size = room;
    memcpy((char *)dst + sizeof(room), (const char *)src + sizeof(room), size - sizeof(room));
    return true;
}
