/*
 * What the threads of r53-serve have in common: the board with the view, chance, and who asks.
 */
#define _GNU_SOURCE /* getrandom */

#include "serve.h"

#include <sys/random.h>
#include <time.h>

void board_put(struct board *board, const r53_view *view)
{
    const r53_view *old;

    pthread_mutex_lock(&board->lock);
    old = board->view;
    board->view = view;
    if (view)
        atomic_fetch_add(&board->number, 1);
    pthread_mutex_unlock(&board->lock);
    r53_view_release(old);
}

void held_renew(struct held *held, struct board *board)
{
    if (atomic_load_explicit(&board->number, memory_order_relaxed) == held->number)
        return;
    r53_view_release(held->view);
    pthread_mutex_lock(&board->lock);
    held->view = r53_view_retain(board->view);
    held->number = atomic_load(&board->number);
    pthread_mutex_unlock(&board->lock);
}

void held_drop(struct held *held)
{
    r53_view_release(held->view);
    *held = (struct held){0};
}

struct seeds seeds_begin(const struct service *service)
{
    struct seeds seeds = {service->peer.seed};

    if (!service->has_seed && getrandom(&seeds.state, sizeof(seeds.state), 0) < 0)
        seeds.state = (uint64_t)time(NULL);
    return seeds;
}

/* The library mixes a seed by itself, so neighbours do. */
uint64_t seeds_next(struct seeds *seeds)
{
    return seeds->state++;
}

void peer_set_address(r53_peer *peer, const struct sockaddr_storage *address)
{
    if (address->ss_family == AF_INET) {
        peer->address = (const uint8_t *)&((const struct sockaddr_in *)address)->sin_addr;
        peer->n_address = 4;
    } else {
        peer->address = (const uint8_t *)&((const struct sockaddr_in6 *)address)->sin6_addr;
        peer->n_address = 16;
    }
}
