/*
 * The thread that holds all TCP connections (RFC 7766). Each has room for one query of the largest
 * size and for two such responses: while the responses are not taken, nothing more is read, so a
 * slow client holds up only itself. Who is slower than the idle time is cut off, and when there are
 * too many, the one that would be cut off next.
 */
#define _GNU_SOURCE /* accept4 */

#include "serve.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

enum {
    EVENTS = 64,
    PREFIX = 2, /* octets of length in front of each message */
    MESSAGE = PREFIX + 65535
};

struct connection {
    int socket; /* -1: free */
    struct sockaddr_storage from;
    int64_t deadline_ns; /* of the next whole query, or of the responses being taken */
    bool is_ended;       /* the client sends no more */
    uint32_t events;     /* waited for */
    size_t n_in, n_out, at_out;
    uint8_t *in, *out; /* MESSAGE and 2 * MESSAGE octets */
};

struct tcp {
    struct worker *worker;
    int epoll;
    struct held held;
    struct seeds seeds;
    struct connection *connections;
    size_t n;
};

/* So fine that of connections taken at once the first is the oldest as well. */
static int64_t now_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static void connection_close(struct connection *c)
{
    if (c->socket >= 0)
        close(c->socket); /* leaves the epoll by itself */
    free(c->in);
    free(c->out);
    *c = (struct connection){.socket = -1};
}

static bool connection_wait(struct tcp *tcp, struct connection *c, int op, uint32_t events)
{
    struct epoll_event event = {.events = events, .data.ptr = c};

    if (events == c->events)
        return true;
    c->events = events;
    return epoll_ctl(tcp->epoll, op, c->socket, &event) == 0;
}

static void connection_renew(struct tcp *tcp, struct connection *c)
{
    c->deadline_ns = now_ns() + (int64_t)tcp->worker->service->idle_ms * 1000000;
}

/* Answers one query into the room behind the responses; false: this client talks no DNS. */
static bool query_answer(struct tcp *tcp, struct connection *c, const uint8_t *query, size_t n)
{
    r53_peer peer = tcp->worker->service->peer;
    uint8_t *out = c->out + c->n_out;
    size_t length = 0;

    peer.transport = R53_TRANSPORT_TCP;
    peer.seed = seeds_next(&tcp->seeds);
    peer_set_address(&peer, &c->from);
    if (r53_respond(tcp->held.view, &peer, query, n, out + PREFIX, MESSAGE - PREFIX, &length) !=
            R53_OK ||
        length == 0)
        return false;
    out[0] = (uint8_t)(length >> 8);
    out[1] = (uint8_t)length;
    c->n_out += PREFIX + length;
    tcp->worker->n_queries++;
    return true;
}

/* Answers the whole queries that are there, as long as there is room for the largest response. */
static bool connection_answer(struct tcp *tcp, struct connection *c)
{
    size_t at = 0;

    while (c->n_in - at >= PREFIX && c->n_out <= MESSAGE) {
        size_t length = (size_t)c->in[at] << 8 | c->in[at + 1];

        if (c->n_in - at - PREFIX < length)
            break;
        if (!query_answer(tcp, c, c->in + at + PREFIX, length))
            return false;
        at += PREFIX + length;
    }
    if (at > 0)
        connection_renew(tcp, c);
    c->n_in -= at;
    memmove(c->in, c->in + at, c->n_in);
    return true;
}

/* Reads what has come; false: the connection is broken. */
static bool connection_read(struct connection *c)
{
    ssize_t n;

    if (c->is_ended || c->n_in == MESSAGE)
        return true;
    n = recv(c->socket, c->in + c->n_in, MESSAGE - c->n_in, 0);
    if (n > 0)
        c->n_in += (size_t)n;
    c->is_ended = n == 0;
    return n >= 0 || errno == EAGAIN || errno == EINTR;
}

/* Writes what the client takes; false: the connection is broken. */
static bool connection_write(struct tcp *tcp, struct connection *c)
{
    while (c->at_out < c->n_out) {
        ssize_t n = send(c->socket, c->out + c->at_out, c->n_out - c->at_out, MSG_NOSIGNAL);

        if (n < 0)
            return errno == EAGAIN || errno == EINTR;
        c->at_out += (size_t)n;
    }
    if (c->n_out > 0)
        connection_renew(tcp, c);
    c->n_out = c->at_out = 0;
    return true;
}

/*
 * Reads, answers and writes by turns until the client has to do something; false: nothing more will
 * come of it.
 */
static bool connection_serve(struct tcp *tcp, struct connection *c)
{
    if (c->n_out == 0 && !connection_read(c))
        return false;
    do {
        if (!connection_answer(tcp, c) || !connection_write(tcp, c))
            return false;
        if (c->n_out > 0)
            return connection_wait(tcp, c, EPOLL_CTL_MOD, EPOLLOUT);
    } while (c->n_in >= PREFIX && c->n_in - PREFIX >= ((size_t)c->in[0] << 8 | c->in[1]));
    return !c->is_ended && connection_wait(tcp, c, EPOLL_CTL_MOD, EPOLLIN);
}

static struct connection *place_free(struct tcp *tcp)
{
    for (size_t i = 0; i < tcp->n; i++) {
        if (tcp->connections[i].socket < 0)
            return &tcp->connections[i];
    }
    return NULL;
}

/* Cuts off the connection with the least time left; its place, or NULL if there is none. */
static struct connection *place_make(struct tcp *tcp)
{
    struct connection *found = NULL;

    for (size_t i = 0; i < tcp->n; i++) {
        struct connection *c = &tcp->connections[i];

        if (c->socket >= 0 && (!found || c->deadline_ns < found->deadline_ns))
            found = c;
    }
    if (found)
        connection_close(found);
    return found;
}

/* Without a place, or without a descriptor, another has to go. */
static void connection_accept(struct tcp *tcp, int listener)
{
    struct sockaddr_storage from = {0};
    socklen_t length = sizeof(from);
    int socket = accept4(listener, (struct sockaddr *)&from, &length, SOCK_NONBLOCK | SOCK_CLOEXEC);
    struct connection *c = socket >= 0 ? place_free(tcp) : NULL;

    if (!c && (socket >= 0 || errno == EMFILE || errno == ENFILE))
        c = place_make(tcp);
    if (socket < 0)
        return;
    *c = (struct connection){
        .socket = socket, .from = from, .in = malloc(MESSAGE), .out = malloc(2 * (size_t)MESSAGE)};
    connection_renew(tcp, c);
    if (!c->in || !c->out || !connection_wait(tcp, c, EPOLL_CTL_ADD, EPOLLIN))
        connection_close(c);
}

static void connections_expire(struct tcp *tcp)
{
    int64_t now = now_ns();

    for (size_t i = 0; i < tcp->n; i++) {
        if (tcp->connections[i].socket >= 0 && tcp->connections[i].deadline_ns <= now)
            connection_close(&tcp->connections[i]);
    }
}

static bool is_listener(const struct tcp *tcp, const void *of)
{
    const int *sockets = tcp->worker->sockets;

    for (size_t i = 0; i < tcp->worker->n_sockets; i++) {
        if (of == &sockets[i])
            return true;
    }
    return false;
}

/* A connection that has made way for another in this very round has no socket any more. */
static void event_take(struct tcp *tcp, void *of)
{
    struct connection *c = of;

    if (is_listener(tcp, of))
        connection_accept(tcp, *(int *)of);
    else if (c->socket >= 0 && !connection_serve(tcp, c))
        connection_close(c);
}

static bool tcp_begin(struct tcp *tcp, struct worker *worker)
{
    *tcp = (struct tcp){.worker = worker, .epoll = epoll_create1(EPOLL_CLOEXEC)};
    tcp->seeds = seeds_begin(worker->service);
    tcp->n = worker->service->max_connections;
    tcp->connections = calloc(tcp->n, sizeof(*tcp->connections));
    if (tcp->epoll < 0 || !tcp->connections)
        return false;
    for (size_t i = 0; i < tcp->n; i++)
        tcp->connections[i].socket = -1;
    for (size_t i = 0; i < worker->n_sockets; i++) {
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = &worker->sockets[i]};

        if (epoll_ctl(tcp->epoll, EPOLL_CTL_ADD, worker->sockets[i], &event) != 0)
            return false;
    }
    return true;
}

static void tcp_end(struct tcp *tcp)
{
    for (size_t i = 0; tcp->connections && i < tcp->n; i++)
        connection_close(&tcp->connections[i]);
    free(tcp->connections);
    held_drop(&tcp->held);
    if (tcp->epoll >= 0)
        close(tcp->epoll);
}

void *serve_tcp(void *argument)
{
    struct worker *worker = argument;
    struct epoll_event events[EVENTS];
    struct tcp tcp;
    bool is_fine = tcp_begin(&tcp, worker);

    if (!is_fine)
        perror("r53-serve: TCP");
    while (is_fine && !atomic_load_explicit(&worker->service->board.stop, memory_order_relaxed)) {
        int n = epoll_wait(tcp.epoll, events, EVENTS, TICK_MS);

        held_renew(&tcp.held, &worker->service->board);
        for (int i = 0; i < n; i++)
            event_take(&tcp, events[i].data.ptr);
        connections_expire(&tcp);
    }
    tcp_end(&tcp);
    return NULL;
}
