/*
 * The tables are data as published (the rulebook's R53-DATA rules say where); look-ups walk them,
 * which is enough for what is asked once a change, an import or a view.
 */
#include "net/region.h"

/* R53-DATA-01, -02, -04, -05; ELB-ZID-01 */
/* clang-format off */
static const struct region regions[] = {
    {"us-east-1", "use1", "aws", "NA", "US", "VA", 3904, -7749,
     {NULL, "Z35SXDOTRQ7X7K", "Z26RNL4JYFTOTI",
      "Z3AQBSTGFYJSTF", "Z117KPS5GTRQ2G", "Z1UJRXOUMOOFQ8", "Z7HUB22UULQXV"}},
    {"us-east-2", "use2", "aws", "NA", "US", "OH", 3996, -8300,
     {NULL, "Z3AADJGX6KTTL2", "ZLMOA37VPKANP",
      "Z2O1EMRO9K5GLX", "Z14LCN19Q5QHIC", "ZOJJZC49E0EPZ", "ZC8PG0KIFKBRI"}},
    {"us-west-1", "usw1", "aws", "NA", "US", "CA", 3735, -12196,
     {NULL, "Z368ELLRRE2KJ0", "Z24FKFUX50B4VW",
      "Z2F56UZL2M1ACD", "Z1LQECGX5PH1X", "Z2MUQ32089INYE", "Z12I86A8N7VCZO"}},
    {"us-west-2", "usw2", "aws", "NA", "US", "OR", 4584, -11970,
     {NULL, "Z1H1FL5HABSF5", "Z18D5FSROUN65G",
      "Z3BJ6K6RIION7M", "Z38NKT9BP95V3O", "Z2OJLYMUO9EFXC", "Z1YSA3EXCYUU9Z"}},
    {"us-gov-east-1", "usge1", "aws-us-gov", "NA", "US", "OH", 3996, -8300,
     {NULL, "Z166TLBEWOO7G0", "Z1ZSMQQ6Q24QQ8",
      "Z2NIFVYYW2VKV1", "Z35TSARG0EJ4VU", "Z3SE9ATJYCRCZJ", NULL}},
    {"us-gov-west-1", "usgw1", "aws-us-gov", "NA", "US", "OR", 4584, -11970,
     {NULL, "Z33AYJ8TM3BH4J", "ZMG1MZ2THAWF1",
      "Z31GFT0UA1I2HV", "Z4KAURWC4UUUG", "Z1K6XKP9SAGWDV", NULL}},
    {"ca-central-1", "cac1", "aws", "NA", "CA", "", 4550, -7357,
     {NULL, "ZQSVJUPU6J1EY", "Z2EPGBW3API2WT",
      "Z1QDHH18159H29", "ZJFCZL7SSZB5I", "Z19DQILCV0OWEC", NULL}},
    {"ca-west-1", "caw1", "aws", "NA", "CA", "", 5105, -11407,
     {NULL, "Z06473681N0SF6OS049SD", "Z02754302KBB00W2LKWZ9",
      "Z03565811Z33SLEZTHOUL", "Z1021028356Y0CYS11DQI", "Z04745493436AWVTG1OQY", NULL}},
    {"mx-central-1", "mxc1", "aws", "NA", "MX", "", 2059, -10039,
     {NULL, "Z023552324OKD1BB28BH5", "Z02031231H3ID6HYJ9A7U",
      "Z057606446ZNVQJJ8WOP", NULL, "Z00020171WIGL5M88SHRM", NULL}},
    {"sa-east-1", "sae1", "aws", "SA", "BR", "", -2355, -4663,
     {NULL, "Z2P70J7HTTTPLU", "ZTK26PT1VY4CU",
      "Z7KQH4QJS55SO", "Z10X7K2B4QSOFV", "ZCMLWB8V5SYIT", NULL}},
    {"eu-west-1", "euw1", "aws", "EU", "IE", "", 5335, -626,
     {NULL, "Z32O12XQLNTSW2", "Z2IFOLAFXWLO4F",
      "Z1BKCTXD74EZPE", "Z2NYPWQ7DFZAZH", "ZLY8HYME6SFDD", "Z38GZ743OKFT7T"}},
    {"eu-west-2", "euw2", "aws", "EU", "GB", "", 5151, -13,
     {NULL, "ZHURV8PSTC4K8", "ZD4D7Y8KGAS4G",
      "Z3GKZC51ZF0DB4", "Z1GKAAAUGATPF1", "ZJ5UAJN8Y3Z2Q", "Z7K1066E3PUKB"}},
    {"eu-west-3", "euw3", "aws", "EU", "FR", "", 4886, 235,
     {NULL, "Z3Q77PNBQS71R4", "Z1CMS0P5QUZ6D5",
      "Z3R1K369G5AVDG", "Z5WN6GAYWG5OB", "Z3KY65QIEKYHQQ", NULL}},
    {"eu-central-1", "euc1", "aws", "EU", "DE", "", 5011, 868,
     {NULL, "Z215JYRZR1TBD5", "Z3F0SRJ5LGBH90",
      "Z21DNDUVLTQW6Q", "Z1FRNW7UH4DEZJ", "Z1U9ULNL0V5AJ3", "Z273ZU8SZ5RJPC"}},
    {"eu-central-2", "euc2", "aws", "EU", "CH", "", 4738, 854,
     {NULL, "Z06391101F2ZOEP8P5EB3", "Z02239872DOALSIDCX66S",
      "Z030506016YDQGETNASS", "Z00227012FSHBMZNNSJJI", "Z09222482MK253X48U76H", NULL}},
    {"eu-north-1", "eun1", "aws", "EU", "SE", "", 5933, 1807,
     {NULL, "Z23TAZ6LKFMNIO", "Z1UDT6IFJ4EJM",
      "Z3BAZG2TWCNX0D", "Z23GO28BZ5AETM", "Z3UWIKFBOOGXPP", NULL}},
    {"eu-south-1", "eus1", "aws", "EU", "IT", "", 4546, 919,
     {NULL, "Z3ULH7SSC9OV64", "Z23146JA1KNAFP",
      "Z30OZKI7KPW7MI", "Z10VDYYOA2JFKM", "Z3BT4WSQ9TDYZV", NULL}},
    {"eu-south-2", "eus2", "aws", "EU", "ES", "", 4165, -88,
     {NULL, "Z0956581394HF5D5LXGAP", "Z1011216NVTVYADP1SSV",
      "Z0081959F7139GRJC19J", "Z0243492AO4B9S3KI68O", "Z02499852UI5HEQ5JVWX3", NULL}},
    {"eusc-de-east-1", "", "aws-eusc", "EU", "DE", "", 5240, 1306,
     {NULL, NULL, NULL,
      NULL, NULL, NULL, NULL}},
    {"me-south-1", "mes1", "aws", "AS", "BH", "", 2607, 5056,
     {NULL, "ZS929ML54UICD", "Z3QSRYVP46NYYV",
      "Z1MPMWCPA7YB62", "Z2BBTEKR2I36N2", "Z20ZBPC0SS8806", NULL}},
    {"me-central-1", "mec1", "aws", "AS", "AE", "", 2520, 5527,
     {NULL, "Z08230872XQRWHG2XF6I", "Z00282643NTTLPANJJG2P",
      "Z06143092I8HRXZRUZROF", "Z0650511N84AAKGW7QUK", "Z08780021BKYYY8U0YHTV", NULL}},
    {"il-central-1", "ilc1", "aws", "AS", "IL", "", 3209, 3478,
     {NULL, "Z09170902867EHPV2DABU", "Z0313266YDI6ZRHTGQY4",
      "Z09640613K4A3MN55U7GU", "Z02941091PERNCB1MI5H7", "Z07264553HBI44N5X2CKP", NULL}},
    {"af-south-1", "afs1", "aws", "AF", "ZA", "", -3392, 1842,
     {NULL, "Z268VQBMOI5EKX", "Z203XCE67M25HM",
      "Z83WF9RJE8B12", "Z1EI3BVKMKK4AM", "Z2DHW2332DAMTN", NULL}},
    {"ap-south-1", "aps1", "aws", "AS", "IN", "", 1908, 7288,
     {NULL, "ZP97RAFLXTNZK", "ZVDDRBQ08TROA",
      "Z11RGJOFQNVJUP", "Z18NTBI3Y7N9TZ", "Z3VO1THU9YC4UR", NULL}},
    {"ap-south-2", "aps2", "aws", "AS", "IN", "", 1739, 7849,
     {NULL, "Z0173938T07WNTVAEPZN", "Z0711778386UTO08407HT",
      "Z02976202B4EZMXIPMXF7", "Z10223522IBWPBF2C2FJS", "Z0853509Q1135NJ66RUH", NULL}},
    {"ap-southeast-1", "apse1", "aws", "AS", "SG", "", 135, 10382,
     {NULL, "Z1LMS91P8CMLE5", "ZKVM4W9LS7TM",
      "Z3O0J2DXBE1FTB", "Z16FZ9L249IFLT", "ZL327KTPIQFUL", "Z18LLCSTV4NVNL"}},
    {"ap-southeast-2", "apse2", "aws", "OC", "AU", "", -3387, 15121,
     {NULL, "Z1GM3OXH4ZPM65", "ZCT6FZBF4DROD",
      "Z1WCIGYICN2BYD", "Z2PCDNR3VC2G1N", "Z2RPCDW04V8134", "ZDK2GCRPAFKGO"}},
    {"ap-southeast-3", "apse3", "aws", "AS", "ID", "", -621, 10685,
     {NULL, "Z08888821HLRG5A9ZRTER", "Z01971771FYVNCOVWJU1G",
      "Z01846753K324LI26A3VV", "Z05913172VM7EAZB40TA8", "Z10132843TYUYSLUG4HA3", NULL}},
    {"ap-southeast-4", "apse4", "aws", "OC", "AU", "", -3781, 14496,
     {NULL, "Z09517862IB2WZLPXG76F", "Z01156963G8MIIL7X90IV",
      "Z0312387243XT5FE14WFO", "Z0666869LC74UHAO5YE4", "Z092189423Y7RJK61311D", NULL}},
    {"ap-southeast-5", "apse5", "aws", "AS", "MY", "", 314, 10169,
     {NULL, "Z06010284QMVVW7WO5J", "Z026317210H9ACVTRO6FB",
      "Z08660063OXLMA7F1FJHU", "Z01812971H0QCYWSL7WOH", "Z0314042F0KBUTZ3X5HF", NULL}},
    {"ap-southeast-6", "apse6", "aws", "OC", "NZ", "", -3685, 17476,
     {NULL, "Z023301818UFJ50CIO0MV", "Z01392953RKV2Q3RBP0KU",
      "Z05686083R66JX5C163TC", "Z01144401H1NECCLJDD4D", NULL, NULL}},
    {"ap-southeast-7", "apse7", "aws", "AS", "TH", "", 1376, 10050,
     {NULL, "Z0390008CMBRTHFGWBCB", "Z054363131YWATEMWRG5L",
      "Z0031014GXUMRZG6I14G", "Z08384933QM5LSQCVMNZM", "Z048508712PZLK5NKG8R0", NULL}},
    {"ap-northeast-1", "apne1", "aws", "AS", "JP", "", 3568, 13969,
     {NULL, "Z14GRHDCWA56QT", "Z31USIVHYNEOWT",
      "Z2M4EHUR26P7ZW", "Z1R25G3KIG2GBW", "Z1YSHQZHG15GKL", "Z2E726K9Y6RL4W"}},
    {"ap-northeast-2", "apne2", "aws", "AS", "KR", "", 3757, 12698,
     {NULL, "ZWKZPGTI48KDX", "ZIBE1TIR4HY56",
      "Z3W03O7B5YMIYP", "Z3JE5OI70TWKCP", "Z20JF4UZKIW1U8", NULL}},
    {"ap-northeast-3", "apne3", "aws", "AS", "JP", "", 3469, 13550,
     {NULL, "Z5LXEXXYW11ES", "Z1GWIQ4HH19I5X",
      "Z2YQB5RD63NC85", "ZNE5GEY1TIAGY", "Z22ILHG95FLSZ2", NULL}},
    {"ap-east-1", "ape1", "aws", "AS", "HK", "", 2232, 11417,
     {NULL, "Z3DQVH9N71FHZ0", "Z12Y7K3UBGUAD1",
      "ZNB98KWMFR0R6", "ZPWYUBWRU171A", "Z3FD1VL90ND7K5", NULL}},
    {"ap-east-2", "ape2", "aws", "AS", "TW", "", 2503, 12157,
     {NULL, "Z02789141MW7T1WBU19PO", "Z09176273OC2HWIAUNYW",
      "Z064739330DAH7WJVOO93", NULL, "Z02909591O7FG9Q56HWB1", NULL}},
    {"cn-north-1", "cnn1", "aws-cn", "AS", "CN", "", 3990, 11641,
     {NULL, "Z1GDH35T77C1KE", "Z3QFB96KMJ7ED6",
      "Z5CN8UMXT92WN", NULL, NULL, NULL}},
    {"cn-northwest-1", "cnnw1", "aws-cn", "AS", "CN", "", 3750, 10520,
     {NULL, "ZM7IZAIOVVDZF", "ZQEIKTCZ8352D",
      "Z282HJ1KT0DH03", NULL, NULL, NULL}},
};
/* clang-format on */

enum { REGIONS = sizeof(regions) / sizeof(*regions) };

/*
 * Local Zone groups (R53-GEOPROX-01) by the cities that AWS names as theirs; the points are
 * inferred, like those of the regions.
 */
/* clang-format off */
static const struct {
    const char *name;
    int16_t latitude, longitude;
} local_zone_groups[] = {
    {"af-south-1-los-1", 652, 338},          /* Lagos */
    {"ap-northeast-1-tpe-1", 2503, 12157},   /* Taipei */
    {"ap-south-1-ccu-1", 2257, 8836},        /* Kolkata */
    {"ap-south-1-del-1", 2861, 7721},        /* Delhi */
    {"ap-southeast-1-bkk-1", 1376, 10050},   /* Bangkok */
    {"ap-southeast-1-mnl-1", 1460, 12098},   /* Manila */
    {"ap-southeast-2-akl-1", -3685, 17476},  /* Auckland */
    {"ap-southeast-2-per-1", -3195, 11586},  /* Perth */
    {"eu-central-1-ham-1", 5355, 999},       /* Hamburg */
    {"eu-central-1-waw-1", 5223, 2101},      /* Warsaw */
    {"eu-north-1-cph-1", 5568, 1257},        /* Copenhagen */
    {"eu-north-1-hel-1", 6017, 2494},        /* Helsinki */
    {"me-south-1-mct-1", 2359, 5841},        /* Muscat */
    {"us-east-1-atl-1", 3375, -8439},        /* Atlanta */
    {"us-east-1-atl-2", 3375, -8439},        /* Atlanta */
    {"us-east-1-bos-1", 4236, -7106},        /* Boston */
    {"us-east-1-bue-1", -3460, -5838},       /* Buenos Aires */
    {"us-east-1-chi-1", 4188, -8763},        /* Chicago */
    {"us-east-1-chi-2", 4188, -8763},        /* Chicago */
    {"us-east-1-dfw-1", 3278, -9680},        /* Dallas */
    {"us-east-1-dfw-2", 3278, -9680},        /* Dallas */
    {"us-east-1-iah-1", 2976, -9537},        /* Houston */
    {"us-east-1-iah-2", 2976, -9537},        /* Houston */
    {"us-east-1-lim-1", -1205, -7704},       /* Lima */
    {"us-east-1-mci-1", 3910, -9458},        /* Kansas City */
    {"us-east-1-mia-1", 2576, -8019},        /* Miami */
    {"us-east-1-mia-2", 2576, -8019},        /* Miami */
    {"us-east-1-msp-1", 4498, -9327},        /* Minneapolis */
    {"us-east-1-nyc-1", 4071, -7401},        /* New York */
    {"us-east-1-nyc-2", 4071, -7401},        /* New York */
    {"us-east-1-phl-1", 3995, -7517},        /* Philadelphia */
    {"us-east-1-qro-1", 2059, -10039},       /* Queretaro */
    {"us-east-1-scl-1", -3345, -7067},       /* Santiago de Chile */
    {"us-west-2-den-1", 3974, -10499},       /* Denver */
    {"us-west-2-hnl-1", 2131, -15786},       /* Honolulu */
    {"us-west-2-las-1", 3617, -11514},       /* Las Vegas */
    {"us-west-2-lax-1", 3405, -11824},       /* Los Angeles */
    {"us-west-2-pdx-1", 4552, -12268},       /* Portland */
    {"us-west-2-phx-1", 3345, -11207},       /* Phoenix */
    {"us-west-2-phx-2", 3345, -11207},       /* Phoenix */
    {"us-west-2-sea-1", 4761, -12233},       /* Seattle */
};
/* clang-format on */

enum { LOCAL_ZONE_GROUPS = sizeof(local_zone_groups) / sizeof(*local_zone_groups) };

/* Suffixes of the names that services give out; the region stands between head and tail. */
static const struct service_form {
    enum service service;
    const char *head, *tail; /* a NULL tail: `head` is the whole suffix, no region in it */
} forms[] = {
    {SERVICE_ALB, "", ".elb.amazonaws.com"},
    {SERVICE_NLB, "elb.", ".amazonaws.com"},
    {SERVICE_S3_WEBSITE, "s3-website-", ".amazonaws.com"},
    {SERVICE_S3_WEBSITE, "s3-website.", ".amazonaws.com"},
    {SERVICE_BEANSTALK, "", ".elasticbeanstalk.com"},
    {SERVICE_API_GATEWAY, "execute-api.", ".amazonaws.com"},
    {SERVICE_VPC_ENDPOINT, "", ".vpce.amazonaws.com"},
    {SERVICE_CLOUDFRONT, "cloudfront.net", NULL},
    {SERVICE_GLOBAL_ACCELERATOR, "awsglobalaccelerator.com", NULL},
};

enum { FORMS = sizeof(forms) / sizeof(*forms) };

/* R53-DATA-03 */
static const struct service_name globals[] = {
    {SERVICE_CLOUDFRONT, NULL, "Z2FDTNDATAQYW2"},
    {SERVICE_GLOBAL_ACCELERATOR, NULL, "Z2BJ6XQ5FK7U4H"},
};

enum { GLOBALS = sizeof(globals) / sizeof(*globals) };

const struct region *r53__regions(size_t *count)
{
    *count = REGIONS;
    return regions;
}

const struct region *r53__region_find(struct span name)
{
    for (size_t i = 0; i < REGIONS; i++) {
        if (r53__span_is(name, regions[i].name))
            return &regions[i];
    }
    return NULL;
}

const struct region *r53__region_of_az(struct span az_id)
{
    size_t dash = 0;

    while (dash < az_id.length && az_id.at[dash] != '-')
        dash++;
    if (dash == 0 || dash == az_id.length)
        return NULL;
    for (size_t i = 0; i < REGIONS; i++) {
        if (r53__span_is((struct span){az_id.at, dash}, regions[i].az_prefix))
            return &regions[i];
    }
    return NULL;
}

/* Takes `suffix` off the end of the name; what is left must end in whole labels if `labels`. */
static bool take_suffix(struct span *name, const char *suffix, bool labels)
{
    struct span s = r53__span(suffix);
    size_t rest;

    if (name->length < s.length)
        return false;
    rest = name->length - s.length;
    if (!r53__equal_nocase((struct span){name->at + rest, s.length}, s))
        return false;
    if (labels && rest && name->at[rest - 1] != '.')
        return false;
    name->length = rest;
    return true;
}

static bool form_fits(const struct service_form *form, struct span name, struct service_name *out)
{
    if (!form->tail) {
        *out = (struct service_name){.service = form->service};
        return take_suffix(&name, form->head, true);
    }
    if (!take_suffix(&name, form->tail, false))
        return false;
    for (size_t i = 0; i < REGIONS; i++) {
        struct span rest = name;

        if (take_suffix(&rest, regions[i].name, false) && take_suffix(&rest, form->head, true)) {
            *out = (struct service_name){form->service, &regions[i],
                                         regions[i].zone_ids[form->service]};
            return true;
        }
    }
    return false;
}

bool r53__service_of_name(struct span dns_name, struct service_name *out)
{
    if (dns_name.length && dns_name.at[dns_name.length - 1] == '.')
        dns_name.length--;
    if (take_suffix(&dns_name, ".amazonaws.com.cn", false)) /* China: the same names and ".cn" */
        dns_name.length += sizeof(".amazonaws.com") - 1;
    for (size_t i = 0; i < FORMS; i++) {
        if (!form_fits(&forms[i], dns_name, out))
            continue;
        for (size_t k = 0; k < GLOBALS; k++) {
            if (globals[k].service == out->service)
                *out = globals[k];
        }
        return true;
    }
    return false;
}

static bool service_of_zone(struct span zone_id, struct service_name *out)
{
    for (size_t k = 0; k < GLOBALS; k++) {
        if (r53__span_is(zone_id, globals[k].zone_id)) {
            *out = globals[k];
            return true;
        }
    }
    for (size_t i = 0; i < (size_t)REGIONS * REGIONAL_SERVICES; i++) {
        const struct region *region = &regions[i / REGIONAL_SERVICES];
        const char *id = region->zone_ids[i % REGIONAL_SERVICES];

        if (id && r53__span_is(zone_id, id)) {
            *out = (struct service_name){(enum service)(i % REGIONAL_SERVICES), region, id};
            return true;
        }
    }
    return false;
}

enum service_pair r53__service_pair(struct span dns_name, struct span zone_id,
                                    struct service_name *out)
{
    struct service_name of_zone;
    bool zone_known = service_of_zone(zone_id, &of_zone);

    if (!r53__service_of_name(dns_name, out)) {
        *out = (struct service_name){0};
        return zone_known ? SERVICE_PAIR_DIFFERS : SERVICE_PAIR_UNKNOWN;
    }
    if (out->zone_id && r53__span_is(zone_id, out->zone_id))
        return SERVICE_PAIR_FITS;
    return zone_known || out->zone_id ? SERVICE_PAIR_DIFFERS : SERVICE_PAIR_UNKNOWN;
}

bool r53__local_zone_group_find(struct span group, struct point *out)
{
    for (size_t i = 0; i < LOCAL_ZONE_GROUPS; i++) {
        if (r53__span_is(group, local_zone_groups[i].name)) {
            *out = (struct point){local_zone_groups[i].latitude, local_zone_groups[i].longitude};
            return true;
        }
    }
    return false;
}
