/* Change batches: what is refused and in which words, what is left behind. */
#include "support/harness.h"
#include "support/torture.h"
#include "support/zone_text.h"

#include <r53/cidr_collection.h>
#include <r53/rulebook.h>

#include <stdio.h>
#include <stdlib.h>

/* A batch on a zone that `before` (a batch that must work) has filled. */
static const struct change_case {
    const char *what, *before, *batch;
    const char *aws_name; /* NULL: accepted */
    const char *expected; /* the messages, or a part of them; accepted: the zone after it */
} cases[] = {
    {"R53-ERR-01 R53-BATCH-02 CREATE of what exists", "CREATE www A 192.0.2.1",
     "CREATE www A 192.0.2.2", "InvalidChangeBatch",
     "[Tried to create resource record set [name='www.example.com.', type='A'] but it already "
     "exists]"},
    {"R53-ERR-02 the message names the set identifier", "CREATE w A 192.0.2.1 id=one weight=1",
     "CREATE w A 192.0.2.2 id=one weight=1", "InvalidChangeBatch",
     "[Tried to create resource record set [name='w.example.com.', type='A', "
     "set-identifier='one'] but it already exists]"},
    {"R53-ERR-03 R53-CASE-64 DELETE of an unknown name", "", "DELETE www A 192.0.2.1",
     "InvalidChangeBatch",
     "[Tried to delete resource record set [name='www.example.com.', type='A'] but it was not "
     "found]"},
    {"R53-ERR-04 R53-BATCH-05 DELETE with another TTL", "CREATE www A 192.0.2.1 ttl=300",
     "DELETE www A 192.0.2.1 ttl=60", "InvalidChangeBatch",
     "[Tried to delete resource record set [name='www.example.com.', type='A'] but the values "
     "provided do not match the current values]"},
    {"R53-BATCH-05 DELETE with values in another order", "CREATE www A 192.0.2.1,192.0.2.2",
     "DELETE www A 192.0.2.2,192.0.2.1", NULL, ""},
    {"R53-BATCH-05 DELETE with fewer values", "CREATE www A 192.0.2.1,192.0.2.2",
     "DELETE www A 192.0.2.2", "InvalidChangeBatch", "do not match"},
    {"R53-BATCH-05 DELETE without the health check", "CREATE w A 192.0.2.1 id=a weight=1 hc=h",
     "DELETE w A 192.0.2.1 id=a weight=1", "InvalidChangeBatch", "do not match"},
    {"R53-BATCH-05 DELETE with another EvaluateTargetHealth",
     "CREATE t A 192.0.2.1\nCREATE a A alias=ZONE1/t eth", "DELETE a A alias=ZONE1/t",
     "InvalidChangeBatch", "do not match"},
    {"R53-BATCH-05 DELETE with another weight", "CREATE w A 192.0.2.1 id=a weight=1",
     "DELETE w A 192.0.2.1 id=a weight=2", "InvalidChangeBatch", "do not match"},
    {"R53-BATCH-06 DELETE compares names in normal form",
     "CREATE t A 192.0.2.1\nCREATE a A alias=ZONE1/t", "DELETE \\101 A alias=ZONE1/T", NULL,
     "t.example.com. A 192.0.2.1 ttl=300\n"},
    {"R53-BATCH-06 DELETE with a set identifier and no policy is invalid input",
     "CREATE w A 192.0.2.1 id=a weight=1", "DELETE w A 192.0.2.1 id=a", "InvalidInput",
     "but found none in Change with [Action=DELETE, Name=w.example.com, Type=A, SetIdentifier=a]"},
    {"R53-ERR-05 R53-CASE-67 a name of another zone", "", "CREATE www.example.org. A 192.0.2.1",
     "InvalidChangeBatch",
     "[RRSet with DNS name www.example.org. is not permitted in zone example.com.]"},
    {"R53-ERR-05 T16 a name that only ends alike", "", "CREATE badexample.com. A 192.0.2.1",
     "InvalidChangeBatch", "RRSet with DNS name badexample.com. is not permitted in zone"},
    {"R53-ERR-06 R53-TYPE-03 CNAME at the apex", "", "CREATE @ CNAME www.example.net",
     "InvalidChangeBatch",
     "[RRSet of type CNAME with DNS name example.com. is not permitted at apex in zone "
     "example.com.]"},
    {"R53-CASE-20 R53-ALIAS-05 an alias CNAME at the apex is a CNAME at the apex",
     "CREATE c CNAME x.example.net", "CREATE @ CNAME alias=ZONE1/c", "InvalidChangeBatch",
     "is not permitted at apex in zone example.com."},
    {"R53-ALIAS-05 an alias A at the apex", "CREATE t A 192.0.2.1", "CREATE @ A alias=ZONE1/t",
     NULL, "example.com. A alias=ZONE1 t.example.com.\nt.example.com. A 192.0.2.1 ttl=300\n"},
    {"R53-TYPE-05 DS at the apex", "", "CREATE @ DS 1~8~1~0000000000000000000000000000000000000000",
     "InvalidChangeBatch", "is not permitted at apex"},
    {"R53-TYPE-05 DS below the apex without NS", "",
     "CREATE d DS 1~8~1~0000000000000000000000000000000000000000", NULL, "d.example.com. DS "},
    {"R53-ERR-07 CNAME beside others", "CREATE www A 192.0.2.1", "CREATE www CNAME x.example.net",
     "InvalidChangeBatch",
     "[RRSet of type CNAME with DNS name www.example.com. is not permitted as it conflicts with "
     "other records with the same DNS name in zone example.com.]"},
    {"R53-ERR-08 R53-TYPE-04 R53-CASE-63 others beside CNAME", "CREATE www CNAME x.example.net",
     "CREATE www A 192.0.2.1", "InvalidChangeBatch",
     "[RRSet of type A with DNS name www.example.com. is not permitted because a conflicting RRSet "
     "of type CNAME with the same DNS name already exists in zone example.com.]"},
    {"R53-BATCH-03 R53-CASE-63 DELETE makes room for CREATE", "CREATE www CNAME x.example.net",
     "DELETE www CNAME x.example.net\nCREATE www A 192.0.2.1", NULL,
     "www.example.com. A 192.0.2.1 ttl=300\n"},
    {"R53-BATCH-03 CREATE before DELETE finds no room", "CREATE www CNAME x.example.net",
     "CREATE www A 192.0.2.1\nDELETE www CNAME x.example.net", "InvalidChangeBatch",
     "conflicting RRSet of type CNAME"},
    {"R53-BATCH-01 R53-CASE-63 T15 one bad change refuses all", "",
     "CREATE ok A 192.0.2.1\nCREATE bad A 1.2.3", "InvalidChangeBatch", "[Invalid Resource Record"},
    {"R53-BATCH-11 all messages are collected", "",
     "CREATE a A 1.2.3\nDELETE b A 192.0.2.1\nCREATE c.example.org. A 192.0.2.1",
     "InvalidChangeBatch",
     "[Invalid Resource Record: 'FATAL problem: ARRDATAIllegalIPv4Address (Value is not a valid "
     "IPv4 "
     "address) encountered with '1.2.3'', Tried to delete resource record set "
     "[name='b.example.com.', type='A'] but it was not found, RRSet with DNS name c.example.org. "
     "is "
     "not permitted in zone example.com.]"},
    {"R53-BATCH-11 invalid input comes alone", "",
     "CREATE a A 1.2.3\nCREATE b A 192.0.2.1 id=x\nCREATE c A 192.0.2.1 weight=1", "InvalidInput",
     "Expected exactly one of [Weight, Region, Failover, GeoLocation"},
    {"R53-BATCH-02 UPSERT creates and replaces", "CREATE a A 192.0.2.1",
     "UPSERT a A 192.0.2.2 ttl=5\nUPSERT b A 192.0.2.3", NULL,
     "a.example.com. A 192.0.2.2 ttl=5\nb.example.com. A 192.0.2.3 ttl=300\n"},
    {"R53-BATCH-04 R53-ERR-24 two CREATEs of one record set", "",
     "CREATE a A 192.0.2.1\nCREATE a A 192.0.2.1", "InvalidChangeBatch",
     "[The request contains an invalid set of changes for a resource record set 'A "
     "a.example.com.']"},
    {"R53-BATCH-04 two DELETEs of one record set", "CREATE a A 192.0.2.1",
     "DELETE a A 192.0.2.1\nDELETE a A 192.0.2.1", "InvalidChangeBatch",
     "invalid set of changes for a resource record set 'A a.example.com.'"},
    {"R53-BATCH-04 DELETE and CREATE replace", "CREATE a A 192.0.2.1",
     "DELETE a A 192.0.2.1\nCREATE a A 192.0.2.2", NULL, "a.example.com. A 192.0.2.2 ttl=300\n"},
    {"R53-BATCH-07 UPSERT turns values into an alias", "CREATE t A 192.0.2.1\nCREATE a A 192.0.2.2",
     "UPSERT a A alias=ZONE1/t eth", NULL,
     "a.example.com. A alias=ZONE1 t.example.com. eth\nt.example.com. A 192.0.2.1 ttl=300\n"},
    {"R53-BATCH-07 UPSERT cannot turn simple into weighted", "CREATE a A 192.0.2.2",
     "UPSERT a A 192.0.2.2 id=x weight=1", "InvalidChangeBatch",
     "[RRSet with DNS name a.example.com., type A, SetIdentifier x cannot be created as a "
     "non-weighted set exists with the same name and type.]"},
    {"T14 deleting one of two sets with one identifier",
     "CREATE a A 192.0.2.1 id=one weight=1\nCREATE b A 192.0.2.2 id=one weight=1",
     "DELETE a A 192.0.2.1 id=one weight=1", NULL,
     "b.example.com. A id=one 192.0.2.2 ttl=300 weight=1\n"},
    {"T28 CREATE does not overwrite", "CREATE a A 192.0.2.1", "CREATE a A 192.0.2.2",
     "InvalidChangeBatch", "already exists"},
    {"R53-ERR-09 R53-GROUP-02 R53-CASE-33 latency beside weighted",
     "CREATE w A 192.0.2.1 id=blue weight=1", "CREATE w A 192.0.2.2 id=x region=us-east-1",
     "InvalidChangeBatch",
     "[RRSet with DNS name w.example.com., type A, SetIdentifier x cannot be created as a "
     "non-latency set exists with the same name and type.]"},
    {"R53-ERR-09 multivalue has words of its own", "CREATE w A 192.0.2.1 id=blue weight=1",
     "CREATE w A 192.0.2.2 id=x multi=true", "InvalidChangeBatch",
     "cannot be created because a non multivalue answer rrset exists with the same name and type."},
    {"R53-ERR-10 R53-CASE-33 simple beside weighted", "CREATE w A 192.0.2.1 id=blue weight=1",
     "CREATE w A 192.0.2.2", "InvalidChangeBatch",
     "[RRSet with DNS name w.example.com., type A cannot be created as other RRSets exist with the "
     "same name and type.]"},
    {"R53-GROUP-04 R53-CASE-33 another type at the name", "CREATE w A 192.0.2.1 id=blue weight=1",
     "CREATE w AAAA 2001:db8::1 id=blue weight=1", NULL,
     "w.example.com. A id=blue 192.0.2.1 ttl=300 weight=1\n"
     "w.example.com. AAAA id=blue 2001:db8::1 ttl=300 weight=1\n"},
    {"R53-TYPE-04 R53-CASE-71 CNAMEs of one group", "CREATE w CNAME a.example.net id=a weight=1",
     "CREATE w CNAME b.example.net id=b weight=3", NULL,
     "w.example.com. CNAME id=a a.example.net. ttl=300 weight=1\n"
     "w.example.com. CNAME id=b b.example.net. ttl=300 weight=3\n"},
    {"R53-ERR-11 R53-TYPE-07 R53-CASE-68 a value twice", "", "CREATE a A 10.0.0.1,10.0.0.1",
     "InvalidChangeBatch", "[Duplicate Resource Record: '10.0.0.1']"},
    {"R53-ERR-11 values are compared in wire form", "", "CREATE a AAAA 2001:DB8::1,2001:db8:0::1",
     "InvalidChangeBatch", "[Duplicate Resource Record: '2001:db8:0::1']"},
    {"R53-ERR-12 a text without quotes", "", "CREATE t TXT hello", "InvalidChangeBatch",
     "[Invalid Resource Record: 'FATAL problem: InvalidCharacterString (Value should be enclosed "
     "in "
     "quotation marks) encountered with 'hello'']"},
    {"R53-ERR-12 an empty label", "", "CREATE a..b A 192.0.2.1", "InvalidChangeBatch",
     "DomainLabelEmpty (Domain label is empty) encountered with 'a..b.example.com'"},
    {"R53-ERR-13 R53-WEIGHTED-06 R53-CASE-32 another TTL in a weighted group",
     "CREATE w A 192.0.2.1 id=a weight=1 ttl=60", "CREATE w A 192.0.2.2 id=b weight=1 ttl=300",
     "InvalidChangeBatch",
     "[RRSet with DNS name w.example.com., type A, SetIdentifier b cannot be created as weighted "
     "sets must contain the same TTL.]"},
    {"R53-CASE-32 an alias in a weighted group has no TTL",
     "CREATE t A 192.0.2.9\nCREATE w A 192.0.2.1 id=a weight=1 ttl=60",
     "CREATE w A alias=ZONE1/t id=b weight=1", NULL,
     "t.example.com. A 192.0.2.9 ttl=300\nw.example.com. A id=a 192.0.2.1 ttl=60 weight=1\n"
     "w.example.com. A id=b weight=1 alias=ZONE1 t.example.com.\n"},
    {"R53-WEIGHTED-06 all TTLs of a group change in one batch",
     "CREATE w A 192.0.2.1 id=a weight=1 ttl=60\nCREATE w A 192.0.2.2 id=b weight=1 ttl=60",
     "UPSERT w A 192.0.2.1 id=a weight=1 ttl=5\nUPSERT w A 192.0.2.2 id=b weight=1 ttl=5", NULL,
     "w.example.com. A id=a 192.0.2.1 ttl=5 weight=1\n"
     "w.example.com. A id=b 192.0.2.2 ttl=5 weight=1\n"},
    {"R53-ERR-14 R53-LATENCY-01 a Region twice", "CREATE l A 192.0.2.1 id=a region=eu-west-1",
     "CREATE l A 192.0.2.2 id=b region=eu-west-1", "InvalidChangeBatch",
     "[RRSet with DNS name l.example.com., type A, SetIdentifier b, and Region Name=eu-west-1 "
     "cannot "
     "be created because a latency RRSet with the same name, type and region already exists.]"},
    {"R53-LATENCY-01 an unknown Region", "", "CREATE l A 192.0.2.1 id=a region=eu-west-9",
     "InvalidInput", "'eu-west-9' is not a known Region"},
    {"R53-ERR-15 R53-ALIAS-14 R53-CASE-18 a loop of two aliases",
     "CREATE b A 192.0.2.1\nCREATE a A alias=ZONE1/b", "UPSERT b A alias=ZONE1/a",
     "InvalidChangeBatch",
     "[RRSet of type A with DNS name b.example.com. is not permitted as it creates a CNAME or "
     "alias "
     "loop in the zone.]"},
    {"R53-ALIAS-14 an alias to itself", "", "CREATE a A alias=ZONE1/a", "InvalidChangeBatch",
     "[RRSet of type A with DNS name a.example.com. is not permitted as it creates a CNAME or "
     "alias "
     "loop in the zone.]"},
    {"R53-ALIAS-14 a loop of CNAMEs", "CREATE a CNAME b.example.com",
     "CREATE b CNAME a.example.com", "InvalidChangeBatch",
     "[RRSet of type CNAME with DNS name b.example.com. is not permitted as it creates a CNAME or "
     "alias loop in the zone.]"},
    {"R53-ALIAS-14 a loop of a CNAME and an alias",
     "CREATE c CNAME x.example.net\nCREATE d CNAME alias=ZONE1/c", "UPSERT c CNAME d.example.com",
     "InvalidChangeBatch",
     "RRSet of type CNAME with DNS name c.example.com. is not permitted as it"},
    {"R53-ALIAS-14 a loop through a group of three",
     "CREATE x A 192.0.2.1\nCREATE g A 192.0.2.1 id=a weight=1 ttl=60\n"
     "CREATE g A alias=ZONE1/x id=b weight=1\nCREATE h A alias=ZONE1/g",
     "UPSERT x A alias=ZONE1/h", "InvalidChangeBatch", "x.example.com. is not permitted as it"},
    {"R53-ERR-19 R53-ZONE-07 R53-CASE-66 the SOA cannot be deleted", "",
     "DELETE @ SOA "
     "ns-1.example.net.~awsdns-hostmaster.amazon.com.~1~7200~900~1209600~86400 ttl=900",
     "InvalidChangeBatch", "Tried to delete"},
    {"R53-ZONE-07 R53-CASE-66 UPSERT of the apex NS", "",
     "UPSERT @ NS ns1.example.net,ns2.example.net ttl=60", NULL, ""},
    {"R53-ERR-21 R53-ALIAS-11 R53-CASE-15 an ALB's name with an NLB's zone id", "",
     "CREATE a A alias=Z26RNL4JYFTOTI/lb-1.us-east-1.elb.amazonaws.com.", "InvalidChangeBatch",
     "[Tried to create an alias that targets lb-1.us-east-1.elb.amazonaws.com., type A in zone "
     "Z26RNL4JYFTOTI, but the alias target name does not lie within the target zone, Tried to "
     "create an alias that targets lb-1.us-east-1.elb.amazonaws.com., type A in zone "
     "Z26RNL4JYFTOTI, but that target was not found]"},
    {"R53-ALIAS-11 R53-DATA-01 an ALB's name with its own zone id", "",
     "CREATE a A alias=Z35SXDOTRQ7X7K/dualstack.lb-1.us-east-1.elb.amazonaws.com. eth", NULL,
     "a.example.com. A alias=Z35SXDOTRQ7X7K dualstack.lb-1.us-east-1.elb.amazonaws.com. eth\n"},
    {"R53-ALIAS-11 a name outside the own zone", "", "CREATE a A alias=ZONE1/www.example.org.",
     "InvalidChangeBatch", "zone ZONE1, but the alias target name does not lie within"},
    {"R53-ALIAS-11 another zone of the customer", "", "CREATE a A alias=ZONE2/www.example.org.",
     "InvalidChangeBatch", "zone ZONE2, but the alias target name does not lie within"},
    {"R53-ERR-22 R53-ALIAS-10 R53-CASE-17 the target comes later", "",
     "CREATE a A alias=ZONE1/b\nCREATE b A 192.0.2.1", "InvalidChangeBatch",
     "[Tried to create an alias that targets b.example.com., type A in zone ZONE1, but that target "
     "was not found]"},
    {"R53-ALIAS-10 R53-CASE-17 the target comes earlier", "",
     "CREATE b A 192.0.2.1\nCREATE a A alias=ZONE1/b", NULL,
     "a.example.com. A alias=ZONE1 b.example.com.\nb.example.com. A 192.0.2.1 ttl=300\n"},
    {"R53-CASE-19 a CNAME alias to a name without CNAME", "CREATE www A 192.0.2.1",
     "CREATE e CNAME alias=ZONE1/www", "InvalidChangeBatch", "type CNAME in zone ZONE1, but that"},
    {"R53-CASE-20 an A alias to a CNAME", "CREATE c CNAME x.example.net",
     "CREATE @ A alias=ZONE1/c", "InvalidChangeBatch",
     "c.example.com., type A in zone ZONE1, but that target was not found"},
    {"R53-ALIAS-12 a wildcard does not cover a target", "CREATE * A 192.0.2.1",
     "CREATE a A alias=ZONE1/b", "InvalidChangeBatch", "but that target was not found"},
    {"R53-ALIAS-12 T29 the wildcard itself is a target", "CREATE * A 192.0.2.1",
     "CREATE a A alias=ZONE1/\\052", NULL,
     "\\052.example.com. A 192.0.2.1 ttl=300\na.example.com. A alias=ZONE1 "
     "\\052.example.com.\n"},
    {"R53-ALIAS-06 an alias of type NS", "", "CREATE d NS alias=ZONE1/@", "InvalidChangeBatch",
     "RRSet of type NS with DNS name d.example.com. cannot be an alias."},
    {"R53-ALIAS-16 deleting what an alias leads to",
     "CREATE b A 192.0.2.1\nCREATE a A alias=ZONE1/b", "DELETE b A 192.0.2.1", NULL,
     "a.example.com. A alias=ZONE1 b.example.com.\n"},
    {"R53-ALIAS-18 targets are listed in normal form", "CREATE b A 192.0.2.1",
     "CREATE a A alias=ZONE1/\\102", NULL,
     "a.example.com. A alias=ZONE1 b.example.com.\nb.example.com. A 192.0.2.1 ttl=300\n"},
    {"R53-WILD-06 R53-DELEG-04 a wildcard NS", "", "CREATE *.d NS ns.example.net", "InvalidChangeBatch",
     "because it is a wildcard"},
    {"R53-DELEG-04 a weighted NS", "", "CREATE d NS ns.example.net id=a weight=1",
     "InvalidChangeBatch", "type NS does not support weighted routing"},
    {"R53-ERR-30 R53-ALIAS-01 neither alias nor values", "", "CREATE a A none", "InvalidInput",
     "[Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], "
     "or "
     "TrafficPolicyInstanceId], but found none in Change with [Action=CREATE, Name=a.example.com, "
     "Type=A, SetIdentifier=null]]"},
    {"R53-ALIAS-01 alias and TTL", "", "CREATE a A alias=ZONE1/b ttl=60", "InvalidInput",
     "but found more than one in Change"},
    {"R53-TYPE-06 values without TTL", "", "CREATE a A 192.0.2.1 none", "InvalidInput",
     "but found none"},
    {"R53-TYPE-06 a TTL beyond 31 bits", "", "CREATE a A 192.0.2.1 ttl=2147483648", "InvalidInput",
     "'2147483648' is out of range for TTL"},
    {"R53-ERR-31 R53-CASE-70 a policy without set identifier", "", "UPSERT a A 192.0.2.1 weight=1",
     "InvalidInput",
     "[Invalid request: Missing field 'SetIdentifier' in Change with [Action=UPSERT, "
     "Name=a.example.com, Type=A, SetIdentifier=null]]"},
    {"R53-MULTI-05 MultiValueAnswer false wants a set identifier", "",
     "UPSERT a A 192.0.2.1 multi=false", "InvalidInput", "Missing field 'SetIdentifier'"},
    {"R53-ERR-32 R53-GROUP-01 R53-CASE-70 two policies", "",
     "CREATE a A 192.0.2.1 id=x weight=1 region=us-east-1", "InvalidInput",
     "[Invalid request: Expected exactly one of [Weight, Region, Failover, GeoLocation, "
     "MultiValueAnswer, CidrRoutingConfig, GeoProximityLocation, or AZAffinity], but found more "
     "than "
     "one in Change with [Action=CREATE, Name=a.example.com, Type=A, SetIdentifier=x]]"},
    {"R53-GROUP-03 R53-CASE-70 a set identifier without policy", "", "CREATE a A 192.0.2.1 id=x",
     "InvalidInput", "but found none in Change with"},
    {"R53-ERR-33 an unknown action", "", "MOVE a A 192.0.2.1", "InvalidInput",
     "Invalid XML ; cvc-"},
    {"R53-ERR-33 an unknown type", "", "CREATE a LOC 192.0.2.1", "InvalidInput",
     "Value '0' is not a known Type"},
    {"R53-WEIGHTED-01 T17 weight 300", "", "CREATE a A 192.0.2.1 id=x weight=300", "InvalidInput",
     "'300' is out of range for Weight"},
    {"R53-FAILOVER-01 two primaries", "CREATE f A 192.0.2.1 id=a failover=PRIMARY",
     "CREATE f A 192.0.2.2 id=b failover=PRIMARY", "InvalidChangeBatch", "role already exists"},
    {"R53-FAILOVER-01 a primary and a secondary", "CREATE f A 192.0.2.1 id=a failover=PRIMARY",
     "CREATE f A 192.0.2.2 id=b failover=SECONDARY", NULL,
     "f.example.com. A id=a 192.0.2.1 ttl=300 PRIMARY\n"
     "f.example.com. A id=b 192.0.2.2 ttl=300 SECONDARY\n"},
    {"R53-GEO-01 R53-CASE-48 continent with country", "",
     "CREATE g A 192.0.2.1 id=a continent=NA country=US", "InvalidInput",
     "Expected exactly one of [ContinentCode, or CountryCode]"},
    {"R53-GEO-01 R53-CASE-48 a country twice", "CREATE g A 192.0.2.1 id=a country=US",
     "CREATE g A 192.0.2.1 id=b country=US", "InvalidChangeBatch", "location already exists"},
    {"R53-GEO-01 R53-DATA-06 a country that is not supported", "",
     "CREATE g A 192.0.2.1 id=a country=EH", "InvalidInput", "'EH' is not a known CountryCode"},
    {"R53-GEO-02 R53-DATA-07 a US territory is no state", "",
     "CREATE g A 192.0.2.1 id=a country=US subdivision=PR", "InvalidInput", "SubdivisionCode"},
    {"R53-GEO-02 a code of UA", "", "CREATE g A 192.0.2.1 id=a country=UA subdivision=11", NULL,
     "g.example.com. A id=a 192.0.2.1 ttl=300 country=UA\n"},
    {"R53-GEOPROX-01 a Region and coordinates", "",
     "CREATE p A 192.0.2.1 id=a gpregion=us-east-1 lat=1 lon=2", "InvalidInput",
     "Expected exactly one of [AWSRegion, LocalZoneGroup, or Coordinates]"},
    {"R53-GEOPROX-01 a bias of 100", "", "CREATE p A 192.0.2.1 id=a gpregion=us-east-1 bias=100",
     "InvalidInput", "'100' is out of range for Bias"},
    {"R53-GEOPROX-02 three decimals", "", "CREATE p A 192.0.2.1 id=a lat=1.234 lon=2",
     "InvalidInput", "'1.234' is out of range for Latitude"},
    {"R53-GEOPROX-02 beyond the pole", "", "CREATE p A 192.0.2.1 id=a lat=90.01 lon=2",
     "InvalidInput", "Latitude"},
    {"R53-CIDR-01 a location twice",
     "CREATE c A 192.0.2.1 id=a cidr=11111111-2222-3333-4444-555555555555/isp",
     "CREATE c A 192.0.2.1 id=b cidr=11111111-2222-3333-4444-555555555555/isp",
     "InvalidChangeBatch", "one collection and different locations"},
    {"R53-CIDR-01 a location of 17 characters", "",
     "CREATE c A 192.0.2.1 id=a cidr=11111111-2222-3333-4444-555555555555/abcdefghijklmnopq",
     "InvalidInput", "LocationName"},
    {"R53-COLL-02 a location without blocks", "",
     "CREATE c A 192.0.2.1 id=a cidr=11111111-2222-3333-4444-555555555555/isp-9",
     "InvalidChangeBatch",
     "The CIDR collection 11111111-2222-3333-4444-555555555555 has no location 'isp-9'"},
    {"R53-CIDR-01 R53-COLL-02 the default location has no blocks", "",
     "CREATE c A 192.0.2.1 id=a cidr=11111111-2222-3333-4444-555555555555/*", NULL,
     "c.example.com. A id=a 192.0.2.1 ttl=300\n"},
    {"R53-CIDR-01 two collections in a group",
     "CREATE c A 192.0.2.1 id=a cidr=11111111-2222-3333-4444-555555555555/isp",
     "CREATE c A 192.0.2.1 id=b cidr=99999999-2222-3333-4444-555555555555/*",
     "InvalidChangeBatch", "one collection and different locations"},
    {"R53-COLL-02 an unknown collection", "",
     "CREATE c A 192.0.2.1 id=a cidr=00000000-2222-3333-4444-555555555555/isp",
     "NoSuchCidrCollectionException",
     "[The CIDR collection 00000000-2222-3333-4444-555555555555 doesn't exist.]"},
    {"R53-ERR-35 an unknown health check", "", "CREATE w A 192.0.2.1 id=a weight=1 hc=unknown",
     "NoSuchHealthCheck", "[A health check with id unknown does not exist.]"},
    {"R53-ERR-35 UPSERT with an unknown health check", "CREATE w A 192.0.2.1 id=a weight=1",
     "UPSERT w A 192.0.2.1 id=a weight=1 hc=unknown", "NoSuchHealthCheck",
     "[A health check with id unknown does not exist.]"},
    {"R53-BATCH-05 DELETE with an unknown health check only differs",
     "CREATE w A 192.0.2.1 id=a weight=1", "DELETE w A 192.0.2.1 id=a weight=1 hc=unknown",
     "InvalidChangeBatch", "do not match"},
    {"R53-ERR-35 the first unknown one ends the batch", "",
     "CREATE x.example.net. A 192.0.2.1\nCREATE w A 192.0.2.1 id=a weight=1 hc=unknown-1\n"
     "CREATE w A 192.0.2.1 id=b weight=1 hc=unknown-2",
     "NoSuchHealthCheck", "[A health check with id unknown-1 does not exist.]"},
    {"R53-BATCH-11 the schema comes before unknown health checks", "",
     "CREATE w A 192.0.2.1 id=a weight=1 hc=unknown\nCREATE w A 192.0.2.1 id=b weight=999",
     "InvalidInput", "Weight"},
    {"R53-ZONE-11 a zone is filled without any delegation to it", "", "CREATE www A 192.0.2.1",
     NULL, "www.example.com. A 192.0.2.1 ttl=300\n"},
    {"R53-ZONE-17 name servers may bear names of the zone", "",
     "UPSERT @ NS ns1.example.com,ns2.example.com\nCREATE ns1 A 192.0.2.1\n"
     "CREATE ns2 A 192.0.2.2",
     NULL, "ns1.example.com. A 192.0.2.1 ttl=300\nns2.example.com. A 192.0.2.2 ttl=300\n"},
    {"R53-AZ-01 a location twice", "CREATE z A 192.0.2.1 id=a az=AvailabilityZone/use1-az1",
     "CREATE z A 192.0.2.1 id=b az=AvailabilityZone/use1-az1", "InvalidChangeBatch",
     "AZ affinity RRSet with the same name, type and location already exists"},
    {"R53-MULTI-01 R53-CASE-24 a multivalue alias", "CREATE b A 192.0.2.1",
     "CREATE a A alias=ZONE1/b id=x multi=true", "InvalidInput", "MultiValueAnswer"},
    {"R53-MULTI-01 a multivalue CNAME", "", "CREATE a CNAME x.example.net id=x multi=true",
     "InvalidChangeBatch", "type CNAME does not support multivalue answer routing"},
    {"R53-ALIAS-31 R53-CASE-24 CloudFront with EvaluateTargetHealth", "",
     "CREATE a A alias=Z2FDTNDATAQYW2/d1.cloudfront.net. eth", "InvalidInput",
     "EvaluateTargetHealth must be false"},
    {"R53-AZ-01 an id in capitals", "", "CREATE z A 192.0.2.1 id=a az=AvailabilityZone/USE1-az1",
     "InvalidInput", "LocationId"},
    {"R53-AZ-01 a zone's id", "", "CREATE z A 192.0.2.1 id=a az=AvailabilityZone/use1-az1", NULL,
     "z.example.com. A id=a 192.0.2.1 ttl=300\n"},
};

/* Two CIDR collections, the first with one location. */
static void collections_make(r53_cloud *cloud)
{
    static const char *const blocks[] = {"203.0.113.0/24"};
    r53_cidr_collection collection = {.size = sizeof(collection),
                                      .id = "11111111-2222-3333-4444-555555555555",
                                      .name = "one"};
    r53_cidr_change put = {.size = sizeof(put),
                           .action = R53_CIDR_PUT,
                           .location_name = "isp",
                           .cidr_list = blocks,
                           .n_cidr_list = 1};
    const r53_cidr_change *changes[] = {&put};

    assert_int_equal(r53_cidr_collection_create(cloud, &collection, NULL), R53_OK);
    assert_int_equal(r53_cidr_collection_change(cloud, collection.id, 0, changes, 1, NULL), R53_OK);
    collection.id = "99999999-2222-3333-4444-555555555555";
    collection.name = "two";
    assert_int_equal(r53_cidr_collection_create(cloud, &collection, NULL), R53_OK);
}

static void check_case(void **state)
{
    const struct change_case *c = *state;
    r53_cloud *cloud = cloud_with_zone(NULL);
    bool unknown = c->aws_name && strncmp(c->aws_name, "NoSuch", 6) == 0;
    r53_report *report;
    r53_finding finding = {.size = sizeof(finding)};
    char *before, *after, *messages;
    int32_t err;

    collections_make(cloud);
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    if (batch_apply(cloud, c->before, report) != R53_OK)
        fail_msg("before: %s", report_messages(report));
    before = zone_dump(cloud, "ZONE1", 1);
    err = batch_apply(cloud, c->batch, report);
    messages = report_messages(report);
    if (c->aws_name) {
        assert_int_equal(err, unknown ? R53_E_NOT_FOUND : R53_E_INVALID);
        assert_int_equal(r53_report_get(report, 0, &finding), R53_OK);
        assert_string_equal(finding.aws_name, c->aws_name);
        assert_string_not_equal(finding.rule, "");
        if (c->expected[0] == '[' && c->expected[strlen(c->expected) - 1] == ']')
            assert_string_equal(messages, c->expected);
        else if (!strstr(messages, c->expected))
            assert_string_equal(messages, c->expected);
        after = zone_dump(cloud, "ZONE1", 1);
        assert_string_equal(before, after);
    } else {
        if (err != R53_OK)
            fail_msg("%s", messages);
        after = zone_dump(cloud, "ZONE1", 0);
        if (strncmp(after, c->expected, strlen(c->expected)) != 0)
            assert_string_equal(after, c->expected);
        if (!*c->expected)
            assert_string_equal(after, "");
    }
    free(before);
    free(after);
    free(messages);
    r53_report_free(report);
    r53_cloud_free(cloud);
}

/* n lines "<action> h<i> A 10.x.y.z". */
static char *many(const char *action, int n, const char *format)
{
    size_t room = (size_t)n * 200 + 1, at = 0;
    char *lines = malloc(room);

    assert_non_null(lines);
    lines[0] = '\0';
    for (int i = 0; i < n; i++)
        at += (size_t)snprintf(lines + at, room - at, format, action, i, i / 250, i % 250);
    return lines;
}

static const char one_line[] = "%s h%d A 10.0.%d.%d\n";

static void expect_many(const char *action, int n, const char *format, int32_t code,
                        const char *message)
{
    r53_cloud *cloud = cloud_with_zone(NULL);
    char *lines = many(action, n, format), *messages;
    r53_report *report;

    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    assert_int_equal(batch_apply(cloud, lines, report), code);
    messages = report_messages(report);
    if (!strstr(messages, message))
        assert_string_equal(messages, message);
    free(messages);
    free(lines);
    r53_report_free(report);
    r53_cloud_free(cloud);
}

static void batch_size(void **state)
{
    (void)state;
    expect_many("UPSERT", 501, one_line, R53_E_INVALID,
                "Number of records limit of 1000 exceeded.");
    expect_many("UPSERT", 500, one_line, R53_OK, "[]");
    expect_many("CREATE", 1000, one_line, R53_OK, "[]");
    expect_many("CREATE", 1001, one_line, R53_E_INVALID,
                "Number of records limit of 1000 exceeded.");
}

static void batch_characters(void **state)
{
    static const char wide[] =
        "%s h%d TXT \"%02d%03d56789012345678901234567890123456789012345678901234567890123456789012"
        "345678901234567890123456789\"\n";

    (void)state;
    expect_many("CREATE", 320, wide, R53_E_INVALID, "RDATA character limit of 32000 exceeded.");
    expect_many("CREATE", 300, wide, R53_OK, "[]");
}

static void zone_size(void **state)
{
    r53_cloud *cloud = cloud_with_zone(NULL);
    r53_report *report;
    char *messages;

    (void)state;
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    for (int i = 0; i < 9; i++) {
        char format[64];
        char *lines;

        snprintf(format, sizeof(format), "%%s h%%d.g%d A 10.0.%%d.%%d\n", i);
        lines = many("CREATE", 1000, format);
        assert_int_equal(batch_apply(cloud, lines, report), R53_OK);
        free(lines);
    }
    for (int i = 998; i <= 999; i++) {
        char *lines = many("CREATE", i, "%s h%d.g9 A 10.0.%d.%d\n");

        if (i == 998) {
            assert_int_equal(batch_apply(cloud, lines, report), R53_OK);
        } else {
            assert_int_equal(batch_apply(cloud, "CREATE x A 192.0.2.1", report), R53_E_INVALID);
            messages = report_messages(report);
            assert_string_equal(messages, "[Exceeded limit MAX_RRSETS_BY_ZONE for zone: ZONE1]");
            free(messages);
        }
        free(lines);
    }
    r53_report_free(report);
    r53_cloud_free(cloud);
}

static void group_size(void **state)
{
    (void)state;
    expect_many("CREATE", 101, "%s w A 192.0.2.1 id=%d weight=1 hc=%d-%d\n", R53_E_INVALID,
                "no more than 100 RRSets");
    expect_many("CREATE", 100, "%s w A 192.0.2.1 id=%d weight=1 hc=%d-%d\n", R53_OK, "[]");
    expect_many("CREATE", 31, "%s w A 192.0.2.1 id=%d gpregion=us-east-1 hc=%d-%d\n", R53_E_INVALID,
                "no more than 30 RRSets");
    expect_many("CREATE", 101, "%s m A 192.0.2.1 id=%d multi=true hc=%d-%d\n", R53_E_INVALID,
                "no more than 100 RRSets");
}

static void value_count(void **state)
{
    enum { LINE = 401 * 12 + 32 };
    char *line = malloc(LINE);

    (void)state;
    for (int n = 400; n <= 401; n++) {
        r53_cloud *cloud = cloud_with_zone(NULL);
        size_t at = (size_t)snprintf(line, LINE, "CREATE big A ");
        r53_report *report;
        char *messages;

        assert_int_equal(r53_report_new(&report, NULL), R53_OK);
        for (int i = 0; i < n; i++)
            at += (size_t)snprintf(line + at, LINE - at, "%s10.0.%d.%d", i ? "," : "", i / 200,
                                   i % 200);
        assert_int_equal(batch_apply(cloud, line, report), n == 400 ? R53_OK : R53_E_INVALID);
        messages = report_messages(report);
        assert_string_equal(messages,
                            n == 400 ? "[]" : "[Cannot have more than 400 records in a RRSet.]");
        free(messages);
        r53_report_free(report);
        r53_cloud_free(cloud);
    }
    free(line);
}

/* The apex's own NS or SOA, deleted as it is listed. */
static void expect_apex_delete(int32_t type, const char *message)
{
    r53_cloud *cloud = cloud_with_zone(NULL);
    r53_listing *listing;
    const r53_record_set *set;
    r53_report *report;
    char *messages;

    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    assert_int_equal(
        r53_record_sets_list(&listing, cloud, "ZONE1", "example.com", type, NULL, NULL), R53_OK);
    set = r53_listing_next_record_set(listing);
    {
        r53_change change = {sizeof(change), R53_ACTION_DELETE, set};
        const r53_change *batch[] = {&change};

        assert_int_equal(set->type, type);
        assert_int_equal(r53_zone_change(cloud, "ZONE1", batch, 1, report), R53_E_INVALID);
    }
    messages = report_messages(report);
    assert_string_equal(messages, message);
    free(messages);
    r53_listing_free(listing);
    r53_report_free(report);
    r53_cloud_free(cloud);
}

static void apex_delete(void **state)
{
    (void)state;
    expect_apex_delete(R53_TYPE_SOA, "[A HostedZone must contain exactly one SOA record.]");
    expect_apex_delete(R53_TYPE_NS,
                       "[A HostedZone must contain at least one NS record for the zone itself.]");
}

static void no_zone(void **state)
{
    r53_cloud *cloud = cloud_with_zone(NULL);
    r53_record_set set = {.size = sizeof(set), .name = "a.example.com", .type = R53_TYPE_A};
    r53_change change = {sizeof(change), R53_ACTION_CREATE, &set};
    const r53_change *batch[] = {&change};
    r53_finding finding = {.size = sizeof(finding)};
    r53_report *report;

    (void)state;
    assert_int_equal(r53_report_new(&report, NULL), R53_OK);
    assert_int_equal(r53_zone_change(cloud, "/hostedzone/ZNONE", batch, 1, report),
                     R53_E_NOT_FOUND);
    assert_int_equal(r53_report_get(report, 0, &finding), R53_OK);
    assert_string_equal(finding.aws_name, "NoSuchHostedZone");
    assert_string_equal(finding.text, "No hosted zone found with ID: ZNONE");
    r53_report_free(report);
    r53_cloud_free(cloud);
}

static void empty_batch(void **state)
{
    r53_cloud *cloud = cloud_with_zone(NULL);
    const r53_change *batch[] = {NULL};

    (void)state;
    assert_int_equal(r53_zone_change(cloud, "ZONE1", NULL, 0, NULL), R53_E_INVALID);
    assert_int_equal(r53_zone_change(cloud, "ZONE1", batch, 1, NULL), R53_E_INVALID);
    r53_cloud_free(cloud);
}

static void serial_stays(void **state)
{
    r53_cloud *cloud = cloud_with_zone(NULL);
    char *dump;

    (void)state;
    assert_int_equal(batch_apply(cloud, "CREATE a A 192.0.2.1", NULL), R53_OK);
    dump = zone_dump(cloud, "ZONE1", 1);
    assert_non_null(strstr(dump, " awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400"));
    free(dump);
    r53_cloud_free(cloud);
}

/* ---- random batches against an array ---- */

enum { MODEL_NAMES = 12, MODEL_IDS = 3 };

struct model {
    int value[MODEL_NAMES][MODEL_IDS]; /* 0: not there; ids 0: simple, others weighted */
};

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 16;
}

static bool model_change(struct model *m, unsigned char (*used)[MODEL_IDS], int action, int name,
                         int id, int value)
{
    int *slot = &m->value[name][id];
    bool first = used[name][id] == 0;
    bool second = used[name][id] == 1 << R53_ACTION_DELETE && action != R53_ACTION_DELETE;
    bool others = id ? m->value[name][0] != 0 : m->value[name][1] || m->value[name][2];

    used[name][id] |= (unsigned char)(1 << action);
    if (!first && !second)
        return false;
    if (action == R53_ACTION_DELETE) {
        if (*slot != value)
            return false;
        *slot = 0;
        return true;
    }
    if ((action == R53_ACTION_CREATE && *slot) || others)
        return false;
    *slot = value;
    return true;
}

static void model_dump(const struct model *m, char *out, size_t room)
{
    size_t at = 0;

    out[0] = '\0';
    for (int i = 0; i < MODEL_NAMES; i++) {
        for (int k = 0; k < MODEL_IDS; k++) {
            if (!m->value[i][k])
                continue;
            at += (size_t)snprintf(out + at, room - at, "%c.example.com. A", 'a' + i);
            if (k)
                at += (size_t)snprintf(out + at, room - at, " id=%d", k);
            at += (size_t)snprintf(out + at, room - at, " 10.0.0.%d ttl=300%s\n", m->value[i][k],
                                   k ? " weight=1" : "");
        }
    }
}

static void random_batches(void **state)
{
    static const char *const names[] = {"", "CREATE", "DELETE", "UPSERT"};
    r53_cloud *cloud = cloud_with_zone(NULL);
    struct model model = {{{0}}};
    uint32_t seed = 20240607;
    int accepted = 0;

    (void)state;
    for (int round = 0; round < 3000; round++) {
        struct model next = model;
        unsigned char used[MODEL_NAMES][MODEL_IDS] = {{0}};
        char lines[2000] = "", expected[4000], *dump;
        size_t at = 0;
        int n = 1 + (int)(next_random(&seed) % 3);
        bool good = true;

        for (int i = 0; i < n; i++) {
            int action = 1 + (int)(next_random(&seed) % 3);
            int name = (int)(next_random(&seed) % MODEL_NAMES);
            int id = (int)(next_random(&seed) % MODEL_IDS);
            int value = 1 + (int)(next_random(&seed) % 2);

            good &= model_change(&next, used, action, name, id, value);
            at += (size_t)snprintf(lines + at, sizeof(lines) - at, "%s %c A 10.0.0.%d",
                                   names[action], 'a' + name, value);
            if (id)
                at += (size_t)snprintf(lines + at, sizeof(lines) - at, " id=%d weight=1", id);
            at += (size_t)snprintf(lines + at, sizeof(lines) - at, "\n");
        }
        if ((batch_apply(cloud, lines, NULL) == R53_OK) != good)
            fail_msg("round %d: expected %s:\n%s", round, good ? "success" : "refusal", lines);
        if (good)
            model = next;
        accepted += good;
        model_dump(&model, expected, sizeof(expected));
        dump = zone_dump(cloud, "ZONE1", 0);
        assert_string_equal(dump, expected);
        free(dump);
    }
    assert_true(accepted > 200);
    r53_cloud_free(cloud);
}

static void any_order(void **state)
{
    char *first = NULL;
    uint32_t seed = 7;

    (void)state;
    for (int round = 0; round < 20; round++) {
        r53_cloud *cloud = cloud_with_zone(NULL);
        int order[60];
        char *dump;

        for (int i = 0; i < 60; i++) {
            int k = (int)(next_random(&seed) % (uint32_t)(i + 1));

            order[i] = order[k];
            order[k] = i;
        }
        for (int i = 0; i < 60; i += 10) {
            char lines[2000];
            size_t at = 0;

            for (int k = i; k < i + 10; k++)
                at +=
                    (size_t)snprintf(lines + at, sizeof(lines) - at,
                                     "CREATE h%d.%c%s A 10.0.0.%d id=x%d weight=%d\n", order[k] / 3,
                                     "*-_a1"[order[k] % 5], order[k] % 2 ? ".deep.down" : "",
                                     order[k], order[k], order[k]);
            assert_int_equal(batch_apply(cloud, lines, NULL), R53_OK);
        }
        dump = zone_dump(cloud, "ZONE1", 0);
        if (first)
            assert_string_equal(dump, first);
        else
            first = strdup(dump);
        free(dump);
        r53_cloud_free(cloud);
    }
    free(first);
}

/* All policies in a private zone; a CloudFront alias is what it does not take (R53-PRIV-13). */
static void private_policies(void **state)
{
    static const char *const lines[] = {
        "w A 192.0.2.1 id=a weight=1",      "l A 192.0.2.1 id=a region=us-east-1",
        "f A 192.0.2.1 id=a failover=PRIMARY", "g A 192.0.2.1 id=a continent=EU",
        "p A 192.0.2.1 id=a gpregion=us-east-1", "m A 192.0.2.1 id=a multi=true",
        "z A 192.0.2.1 id=a az=AvailabilityZone/use1-az1",
        "c A 192.0.2.1 id=a cidr=11111111-2222-3333-4444-555555555555/isp"};
    static const r53_vpc vpc = {"eu-west-1", "vpc-1"};
    static const r53_vpc *const vpcs[] = {&vpc};
    r53_hosted_zone zone = {.size = sizeof(zone), .id = "ZPRIVATE", .name = "example.com",
                            .caller_reference = "private", .private_zone = 1, .vpcs = vpcs,
                            .n_vpcs = 1};
    r53_cloud *cloud = cloud_with_zone(NULL);

    (void)state;
    collections_make(cloud);
    assert_int_equal(r53_zone_create(cloud, &zone, NULL), R53_OK);
    for (size_t i = 0; i < COUNT(lines); i++) {
        struct set_text *set = set_text_parse(lines[i], strlen(lines[i]));
        r53_change change = {sizeof(change), R53_ACTION_CREATE, &set->set};
        const r53_change *changes[] = {&change};

        assert_int_equal(r53_zone_change(cloud, "ZPRIVATE", changes, 1, NULL), R53_OK);
        set_text_free(set);
    }
    r53_cloud_free(cloud);
}

/* ---- every allocation fails once ---- */

static const char torture_lines[] =
    "CREATE a A 192.0.2.1\nCREATE b A alias=ZONE1/a\nCREATE w A 192.0.2.2 id=x weight=1 hc=h\n"
    "CREATE x.y.z TXT \"text\"\nCREATE c CNAME d.example.com\nUPSERT @ NS ns.example.net\n"
    "CREATE d CNAME e.example.com";

static void torture_change(void **state)
{
    struct torture torture = {0};
    r53_allocator allocator = torture_allocator(&torture);
    r53_cloud *cloud = cloud_with_zone(&allocator);
    char *before, *after;
    int32_t err = R53_E_NOMEM;
    long k;

    (void)state;
    /* the health check is there before, and the zone as it was */
    assert_int_equal(batch_apply(cloud, "CREATE w A 192.0.2.2 id=x weight=1 hc=h", NULL), R53_OK);
    assert_int_equal(batch_apply(cloud, "DELETE w A 192.0.2.2 id=x weight=1 hc=h", NULL), R53_OK);
    before = zone_dump(cloud, "ZONE1", 1);
    for (k = 1; err == R53_E_NOMEM; k++) {
        long live;
        r53_report *report;
        r53_finding finding = {.size = sizeof(finding)};

        torture.fail_at = 0;
        assert_int_equal(r53_report_new(&report, &allocator), R53_OK);
        live = torture.live;
        torture.calls = 0;
        torture.fail_at = k;
        err = batch_apply(cloud, torture_lines, report);
        torture.fail_at = 0;
        if (err == R53_E_NOMEM) {
            assert_true(torture.live - live <= 1); /* at most a slot that stays */
            assert_int_equal(r53_report_get(report, 0, &finding), R53_OK);
            after = zone_dump(cloud, "ZONE1", 1);
            assert_string_equal(after, before);
            free(after);
        }
        r53_report_free(report);
    }
    assert_int_equal(err, R53_OK);
    assert_true(k > 5);
    free(before);
    r53_cloud_free(cloud);
    assert_int_equal(torture.live, 0);
}

int main(void)
{
    static struct CMUnitTest tests[COUNT(cases) + 16];
    size_t n = 0;

    ADD_CASES(tests, n, cases, check_case);
    ADD_TEST(tests, n, "R53-BATCH-08 R53-ERR-16 R53-CASE-65 records in a batch", batch_size);
    ADD_TEST(tests, n, "R53-BATCH-08 R53-ERR-17 characters in a batch", batch_characters);
    ADD_TEST(tests, n, "R53-BATCH-13 R53-ERR-18 R53-QUOTA-01 record sets in a zone", zone_size);
    ADD_TEST(tests, n, "R53-GROUP-05 members of a group", group_size);
    ADD_TEST(tests, n, "R53-TYPE-07 R53-ERR-23 values of a record set", value_count);
    ADD_TEST(tests, n, "R53-ERR-19 R53-ERR-20 R53-CASE-66 the apex keeps SOA and NS", apex_delete);
    ADD_TEST(tests, n, "R53-ERR-34 a zone that does not exist", no_zone);
    ADD_TEST(tests, n, "R53-BATCH-12 a batch without changes", empty_batch);
    ADD_TEST(tests, n, "R53-ZONE-04 the serial stays", serial_stays);
    ADD_TEST(tests, n, "R53-BATCH-01 random batches against an array", random_batches);
    ADD_TEST(tests, n, "the order of unrelated changes does not matter", any_order);
    ADD_TEST(tests, n, "R53-PRIV-11 a private zone takes every policy", private_policies);
    ADD_TEST(tests, n, "change: every allocation fails once", torture_change);
    return RUN_TESTS("change", tests, n);
}
