/*
 * r53-serve: answers DNS queries for the zones of an account or of zone files. The library makes
 * the answers; sockets, threads and signals are done here.
 *
 * The main thread loads the files, starts the others and waits for signals. On SIGHUP it loads the
 * files anew and hangs up the view for the others to take, who answer meanwhile from the old one.
 */
#define _GNU_SOURCE /* SO_REUSEPORT, sched_getaffinity */

#include "load.h"
#include "serve.h"

#include <arpa/inet.h>
#include <errno.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <netdb.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
    EXIT_REFUSED = 1,
    EXIT_USAGE = 2,
    ADDRESSES_MAX = 8,
    THREADS_MAX = 64,
    BACKLOG = 128,
    RECEIVE_BUFFER = 1 << 20 /* octets; the kernel may grant less */
};

/* What the command line says. */
struct job {
    const char *addresses[ADDRESSES_MAX];
    size_t n_addresses;
    uint64_t port, threads, connections, idle_s, max_udp; /* threads 0: as many as cores */
    struct source *sources;
    size_t n_sources;
    r53_json_context context; /* of the files behind it */
    r53_peer peer;
    bool has_seed, lenient, quiet, help;
};

static const char *const self = "r53-serve";

/* One line an event, at once. */
static void say(const char *format, ...)
{
    va_list arguments;

    printf("%s: ", self);
    va_start(arguments, format);
    vprintf(format, arguments);
    va_end(arguments);
    putchar('\n');
    fflush(stdout);
}

/* Options */

struct option {
    const char *name, *argument; /* argument NULL: none */
    bool (*take)(struct job *job, const struct option *option, const char *value);
    size_t at;            /* offset of the member in struct job */
    uint64_t least, most; /* of a number */
    const char *help;
};

static void *member(struct job *job, const struct option *option)
{
    return (char *)job + option->at;
}

static bool is_address(const char *text)
{
    struct addrinfo hints = {.ai_flags = AI_NUMERICHOST}, *found = NULL;

    if (getaddrinfo(text, NULL, &hints, &found) != 0)
        return false;
    freeaddrinfo(found);
    return true;
}

static bool take_address(struct job *job, const struct option *option, const char *value)
{
    (void)option;
    if (job->n_addresses == ADDRESSES_MAX || !is_address(value))
        return false;
    job->addresses[job->n_addresses++] = value;
    return true;
}

static bool take_number(struct job *job, const struct option *option, const char *value)
{
    char *end;
    unsigned long long number;

    errno = 0;
    number = strtoull(value, &end, 10);
    if (*value < '0' || *value > '9' || *end || errno || number < option->least ||
        number > option->most)
        return false;
    *(uint64_t *)member(job, option) = number;
    return true;
}

static bool take_seed(struct job *job, const struct option *option, const char *value)
{
    job->has_seed = true;
    return take_number(job, option, value);
}

static bool take_text(struct job *job, const struct option *option, const char *value)
{
    *(const char **)member(job, option) = value;
    return true;
}

static bool take_flag(struct job *job, const struct option *option, const char *value)
{
    (void)value;
    *(bool *)member(job, option) = true;
    return true;
}

static bool take_switch(struct job *job, const struct option *option, const char *value)
{
    (void)value;
    *(int32_t *)member(job, option) = 1;
    return true;
}

#define JOB(member) offsetof(struct job, member)

static const struct option options[] = {
    {"-l", "ADDRESS", take_address, 0, 0, 0,
     "address to listen at, several times for several; 127.0.0.1 and ::1"},
    {"-p", "PORT", take_number, JOB(port), 0, 65535, "port; 5353; 0: a free one"},
    {"--threads", "NUMBER", take_number, JOB(threads), 1, THREADS_MAX,
     "threads for UDP at each address; one a core"},
    {"--minimal", NULL, take_switch, JOB(peer.minimal), 0, 0,
     "only what a resolver needs: no apex NS, no addresses but glue"},
    {"--chase", NULL, take_switch, JOB(peer.chase_cname), 0, 0,
     "follow CNAMEs inside the zones, which Route 53 does not"},
    {"--any", NULL, take_switch, JOB(peer.single_any), 0, 0,
     "answer ANY with one record set (RFC 8482)"},
    {"--max-udp", "OCTETS", take_number, JOB(max_udp), 512, 4096,
     "largest response over UDP; 4096"},
    {"--seed", "NUMBER", take_seed, JOB(peer.seed), 0, UINT64_MAX,
     "where each thread's chance begins; anywhere"},
    {"--vpc", "ID", take_text, JOB(peer.vpc_id), 0, 0,
     "answer as the resolver of this VPC, where private zones are seen"},
    {"--vpc-region", "REGION", take_text, JOB(peer.vpc_region), 0, 0, "Region of that VPC"},
    {"--connections", "NUMBER", take_number, JOB(connections), 1, 10000,
     "TCP connections at a time; 256"},
    {"--idle", "SECONDS", take_number, JOB(idle_s), 1, 3600,
     "time that a connection has for its next query; 10"},
    {"--lenient", NULL, take_flag, JOB(lenient), 0, 0,
     "serve what zone files hold and Route 53 would refuse; leave out what it cannot hold"},
    {"--quiet", NULL, take_flag, JOB(quiet), 0, 0,
     "no notes and warnings about the files on standard error"},
    {"--help", NULL, take_flag, JOB(help), 0, 0, "this text"},
};

static const struct option contexts[] = {
    {"--zone-id", "ID", take_text, JOB(context.hosted_zone_id), 0, 0,
     "hosted zone of list-resource-record-sets"},
    {"--zone-name", "NAME", take_text, JOB(context.hosted_zone_name), 0, 0,
     "its name, where the list holds no SOA"},
    {"--target-group", "ARN", take_text, JOB(context.target_group_arn), 0, 0,
     "target group of describe-target-health"},
    {"--load-balancer", "ARN|NAME", take_text, JOB(context.load_balancer), 0, 0,
     "load balancer of elb describe-instance-health"},
    {"--account", "ID", take_text, JOB(context.account), 0, 0, "account of Classic load balancers"},
    {"--region", "REGION", take_text, JOB(context.region), 0, 0,
     "Region of Classic load balancers"},
    {"--skip-invalid", NULL, take_switch, JOB(context.skip_invalid), 0, 0,
     "leave out what has no meaning instead of refusing the file"},
};

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static void print_options(const struct option *table, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char left[40];

        snprintf(left, sizeof(left), "%s %s", table[i].name,
                 table[i].argument ? table[i].argument : "");
        printf("  %-26s %s\n", left, table[i].help);
    }
}

static void print_help(void)
{
    puts(
        "usage: r53-serve FILE... [OPTION...]\n\n"
        "Answers DNS queries for what the FILEs describe, over UDP and TCP. NAME.zone is the zone\n"
        "file of NAME; any other FILE is what the AWS CLI prints, a supplement or a bundle (see\n"
        "r53/json.h). SIGHUP reads the FILEs again, SIGTERM and SIGINT end the program. Exit\n"
        "code: 0 ended by a signal, 1 something was refused, 2 wrong usage.\n");
    print_options(options, COUNT(options));
    puts("\nFor the FILEs after it, where a document does not say whose it is:");
    print_options(contexts, COUNT(contexts));
}

static int usage(const char *what, const char *value)
{
    fprintf(stderr, "%s: %s%s%s\nTry %s --help.\n", self, what, value ? ": " : "",
            value ? value : "", self);
    return EXIT_USAGE;
}

static const struct option *option_find(const char *name)
{
    for (size_t i = 0; i < COUNT(options); i++) {
        if (strcmp(options[i].name, name) == 0)
            return &options[i];
    }
    for (size_t i = 0; i < COUNT(contexts); i++) {
        if (strcmp(contexts[i].name, name) == 0)
            return &contexts[i];
    }
    return NULL;
}

/* Takes the option at argv[*i] and its argument. */
static int option_take(struct job *job, char **argv, int *i)
{
    const struct option *option = option_find(argv[*i]);

    if (!option)
        return usage("no such option", argv[*i]);
    if (option->argument && !argv[*i + 1])
        return usage("this option needs an argument", option->name);
    *i += option->argument != NULL;
    if (option->take(job, option, argv[*i]))
        return 0;
    fprintf(stderr, "%s: %s: '%s' is no valid %s\n", self, option->name, argv[*i],
            option->argument);
    return EXIT_USAGE;
}

/* Reads the command line from left to right, so that a context counts for the files behind it. */
static int arguments_read(struct job *job, int argc, char **argv)
{
    int code = 0;

    job->sources = calloc((size_t)argc, sizeof(*job->sources));
    if (!job->sources)
        return EXIT_REFUSED;
    for (int i = 1; i < argc && code == 0; i++) {
        if (argv[i][0] == '-')
            code = option_take(job, argv, &i);
        else
            job->sources[job->n_sources++] = (struct source){argv[i], job->context};
    }
    if (code || job->help)
        return code;
    return job->n_sources ? 0 : usage("which FILE describes the zones?", NULL);
}

static struct job job_begin(void)
{
    return (struct job){.port = 5353,
                        .connections = 256,
                        .idle_s = 10,
                        .peer = {.size = sizeof(r53_peer)},
                        .context = {.size = sizeof(r53_json_context)}};
}

/* Sockets */

static bool set_option(int socket, int level, int name, int value)
{
    return setsockopt(socket, level, name, &value, sizeof(value)) == 0;
}

/* Several sockets at one address share what comes; a wait ends after a tick. */
static bool socket_prepare(int socket, const struct addrinfo *at)
{
    struct timeval tick = {.tv_usec = TICK_MS * 1000};

    if (at->ai_family == AF_INET6 && !set_option(socket, IPPROTO_IPV6, IPV6_V6ONLY, 1))
        return false;
    if (at->ai_socktype == SOCK_STREAM)
        return set_option(socket, SOL_SOCKET, SO_REUSEADDR, 1);
    set_option(socket, SOL_SOCKET, SO_RCVBUF, RECEIVE_BUFFER);
    return set_option(socket, SOL_SOCKET, SO_REUSEPORT, 1) &&
           setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &tick, sizeof(tick)) == 0;
}

/* Asks the kernel to tell where each datagram was sent to. */
static bool socket_tell_destination(int socket, int family)
{
    return family == AF_INET6 ? set_option(socket, IPPROTO_IPV6, IPV6_RECVPKTINFO, 1)
                              : set_option(socket, IPPROTO_IP, IP_PKTINFO, 1);
}

/* Puts the port that the kernel chose into the address, for the sockets to come. */
static void port_learn(int socket, struct addrinfo *at, uint64_t *port)
{
    struct sockaddr_storage bound;
    socklen_t length = sizeof(bound);

    if (getsockname(socket, (struct sockaddr *)&bound, &length) != 0)
        return;
    *port = ntohs(at->ai_family == AF_INET6 ? ((struct sockaddr_in6 *)&bound)->sin6_port
                                            : ((struct sockaddr_in *)&bound)->sin_port);
}

static struct addrinfo *address_find(const char *address, uint64_t port, int kind)
{
    struct addrinfo hints = {.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE,
                             .ai_socktype = kind};
    struct addrinfo *at = NULL;
    char service[8];

    snprintf(service, sizeof(service), "%u", (unsigned)port);
    if (getaddrinfo(address, service, &hints, &at) != 0)
        errno = EINVAL;
    return at;
}

/* A socket of the kind that is ready to receive, or -1 with errno. */
static int socket_open(const char *address, uint64_t *port, int kind)
{
    struct addrinfo *at = address_find(address, *port, kind);
    int fd = at ? socket(at->ai_family, kind | SOCK_CLOEXEC, 0) : -1;

    if (fd >= 0 && (!socket_prepare(fd, at) || bind(fd, at->ai_addr, at->ai_addrlen) != 0 ||
                    (kind == SOCK_STREAM && listen(fd, BACKLOG) != 0))) {
        int error = errno;

        close(fd);
        errno = error;
        fd = -1;
    }
    if (fd >= 0 && *port == 0)
        port_learn(fd, at, port);
    if (at)
        freeaddrinfo(at);
    return fd;
}

static bool is_any_address(const char *address, int *family)
{
    *family = strchr(address, ':') ? AF_INET6 : AF_INET;
    return strcmp(address, "::") == 0 || strcmp(address, "0.0.0.0") == 0;
}

/* The crew: all threads that answer */

struct crew {
    struct service service;
    struct worker workers[1 + ADDRESSES_MAX * THREADS_MAX]; /* TCP's first */
    size_t n;
};

static bool crew_open_address(struct crew *crew, const struct job *job, const char *address,
                              uint64_t *port)
{
    struct worker *tcp = &crew->workers[0];
    int family, fd;
    bool is_any = is_any_address(address, &family);

    for (uint64_t i = 0; i < job->threads; i++) {
        fd = socket_open(address, port, SOCK_DGRAM);
        if (fd < 0)
            return false;
        crew->workers[crew->n++] =
            (struct worker){.sockets = {fd},
                            .n_sockets = 1,
                            .tells_destination = is_any && socket_tell_destination(fd, family)};
    }
    fd = socket_open(address, port, SOCK_STREAM);
    if (fd >= 0)
        tcp->sockets[tcp->n_sockets++] = fd;
    return fd >= 0;
}

/* A machine without IPv6 does without ::1, unless it was asked for. */
static bool is_dispensable(const struct job *job, size_t i)
{
    return i > 0 && job->n_addresses == 0 && (errno == EADDRNOTAVAIL || errno == EAFNOSUPPORT);
}

static bool crew_open(struct crew *crew, const struct job *job)
{
    static const char *const loopback[] = {"127.0.0.1", "::1"};
    const char *const *addresses = job->n_addresses ? job->addresses : loopback;
    size_t n = job->n_addresses ? job->n_addresses : COUNT(loopback);
    uint64_t port = job->port;

    crew->n = 1;
    for (size_t i = 0; i < n; i++) {
        if (!crew_open_address(crew, job, addresses[i], &port)) {
            if (is_dispensable(job, i))
                continue;
            fprintf(stderr, "%s: %s port %u: %s\n", self, addresses[i], (unsigned)port,
                    strerror(errno));
            return false;
        }
        say("listening at %s port %u", addresses[i], (unsigned)port);
    }
    return true;
}

static bool crew_start(struct crew *crew)
{
    for (size_t i = 0; i < crew->n; i++) {
        struct worker *worker = &crew->workers[i];

        worker->service = &crew->service;
        worker->is_running =
            pthread_create(&worker->thread, NULL, i == 0 ? serve_tcp : serve_udp, worker) == 0;
        if (!worker->is_running)
            return false;
    }
    return true;
}

static uint64_t crew_stop(struct crew *crew)
{
    uint64_t n = 0;

    atomic_store(&crew->service.board.stop, true);
    for (size_t i = 0; i < crew->n; i++) {
        struct worker *worker = &crew->workers[i];

        if (worker->is_running)
            pthread_join(worker->thread, NULL);
        for (size_t k = 0; k < worker->n_sockets; k++)
            close(worker->sockets[k]);
        n += worker->n_queries;
    }
    return n;
}

/* The main thread */

/* Loading takes several times what answering does; glibc would keep that for the next reload. */
static void memory_give_back(void)
{
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

static const r53_view *job_load(const struct job *job)
{
    struct telling how = {self, job->quiet, NULL};
    int64_t now_ms = (int64_t)time(NULL) * 1000;
    const r53_view *view = sources_load(job->sources, job->n_sources, job->lenient, now_ms, how);

    memory_give_back();
    return view;
}

static bool crew_reload(struct crew *crew, const struct job *job)
{
    const r53_view *view = job_load(job);

    if (view)
        board_put(&crew->service.board, view);
    say(view ? "reloaded" : "reload refused, the old answers stay");
    return view != NULL;
}

static sigset_t signals_block(void)
{
    sigset_t set;

    sigemptyset(&set);
    sigaddset(&set, SIGHUP);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    pthread_sigmask(SIG_BLOCK, &set, NULL); /* in all threads to come: the main thread waits */
    return set;
}

static void signals_serve(struct crew *crew, const struct job *job, const sigset_t *set)
{
    int signal = 0;

    while (sigwait(set, &signal) == 0 && signal == SIGHUP)
        crew_reload(crew, job);
}

static int serve(struct crew *crew, const struct job *job)
{
    sigset_t set = signals_block();
    const r53_view *view = job_load(job);
    bool is_up = false;
    uint64_t n;

    if (!view)
        return EXIT_REFUSED;
    board_put(&crew->service.board, view);
    if (crew_open(crew, job)) {
        is_up = crew_start(crew);
        if (is_up) {
            say("ready");
            signals_serve(crew, job, &set);
        } else {
            fprintf(stderr, "%s: threads cannot be started\n", self);
        }
    }
    n = crew_stop(crew);
    if (is_up)
        say("stopped after %llu answers", (unsigned long long)n);
    board_put(&crew->service.board, NULL);
    return is_up ? 0 : EXIT_REFUSED;
}

/* Cores that this process may use. */
static uint64_t cores(void)
{
    cpu_set_t set;
    int n = sched_getaffinity(0, sizeof(set), &set) == 0 ? CPU_COUNT(&set) : 1;

    return n < 1 ? 1 : n > THREADS_MAX ? THREADS_MAX : (uint64_t)n;
}

/*
 * Each query would be refused for a peer that is not valid, so it is told before the first one. Of
 * what the options say only a text can be wrong that the library knows, the VPC's Region.
 */
static bool peer_is_valid(const r53_peer *peer)
{
    r53_finding finding = {.size = sizeof(finding)};
    r53_report *report = NULL;
    bool is_valid = r53_report_new(&report, NULL) == R53_OK;

    if (is_valid)
        is_valid = r53_peer_check(peer, report) == R53_OK;
    for (size_t i = 0; r53_report_get(report, i, &finding) == R53_OK; i++)
        fprintf(stderr, "%s: error: %s: %s\n", self,
                strcmp(finding.path, "VPCRegion") == 0 ? "--vpc-region" : finding.path,
                finding.text);
    r53_report_free(report);
    return is_valid;
}

static int run(struct job *job)
{
    static struct crew crew = {.service.board.lock = PTHREAD_MUTEX_INITIALIZER};

    if (job->threads == 0)
        job->threads = cores();
    job->peer.max_udp_size = (int32_t)job->max_udp;
    if (!peer_is_valid(&job->peer))
        return EXIT_REFUSED;
    crew.service.peer = job->peer;
    crew.service.has_seed = job->has_seed;
    crew.service.max_connections = (size_t)job->connections;
    crew.service.idle_ms = (int)job->idle_s * 1000;
    return serve(&crew, job);
}

int main(int argc, char **argv)
{
    struct job job = job_begin();
    int code = arguments_read(&job, argc, argv);

    if (code == 0 && job.help)
        print_help();
    else if (code == 0)
        code = run(&job);
    free(job.sources);
    return code;
}
