using System.Text.Json.Nodes;
using ProvableSec.CertificateChecker;
using ProvableSec.Certificates;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Tests.Proving;
using ProvableSec.ServiceData;
using static ProvableSec.Reasoning.Tests.Certificates.Certified;
using static ProvableSec.Reasoning.Tests.Proving.Ask;

namespace ProvableSec.Reasoning.Tests.Certificates;

/// <summary>
/// A certificate means no less than the prover's answer: what follows only if a policy that is not given is none, or from a fact that the world
/// model does not have, is certified under no list of assumptions. Each case stands beside one that does hold.
/// </summary>
public sealed class CertificateMeaningTests
{
    private const string Key = "arn:aws:kms:eu-west-1:111122223333:key/k", Role = "arn:aws:iam::111122223333:role/r";

    private static readonly string[] World = ["linked-keys", "shapes", "catalogue"];

    /// <summary>Stacks and what they do not forbid, where a resource policy that is not given may let it happen; with null for that policy they do.</summary>
    public static TheoryData<string, string, string> LetInByNotGiven() => new()
    {
        { "kms:*", "kms:ScheduleKeyDeletion", Key },
        { "*", "sts:AssumeRole", Role },
        { "*", "sts:TagSession", Role },
        { "*", "sts:SetSourceIdentity", Role },
        { "vpc-lattice-svcs:*", "vpc-lattice-svcs:Invoke", "*" },
    };

    [Theory]
    [MemberData(nameof(LetInByNotGiven))]
    public void A_resource_policy_that_is_not_given_may_let_in(string allowed, string action, string resource)
    {
        string Query(string more) => $$"""{"question":"not-granted","account":"111122223333","identityPolicies":[{{Document(Allow("{}", allowed))}}]{{more}},"forbidden":{{Document(Allow("{}", action, resource))}}}""";
        NotProved(Claim(Query(""), [.. World, "no-direct-grants"]));
        Confirm(Certificate(Query(""","resourcePolicy":null""")));
    }

    /// <summary>What a session policy leaves out is granted all the same by a grant to everyone that looks at the caller's ARN, and not by one to its
    /// role.</summary>
    [Theory]
    [InlineData(""" "*" """, """,{"ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/r"}}""", false)]
    [InlineData("""{"AWS":"arn:aws:iam::111122223333:role/r"}""", "", true)]
    public void A_grant_may_reach_past_the_session_policy(string principal, string condition, bool isProved)
    {
        string grant = $$"""{"Effect":"Allow","Principal":{{principal}},"Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"{{condition.Replace(",{", ",\"Condition\":{", StringComparison.Ordinal)}}}""";
        string query = $$"""{"question":"not-granted","account":"111122223333","identityPolicies":[{{Document(AllowAll)}}],"sessionPolicies":[{{Document(Allow("{}", "iam:*"))}}],"resourcePolicy":{{Document(grant)}},"request":{"principal":"arn:aws:sts::111122223333:assumed-role/r/s","resourceAccount":"111122223333"},"forbidden":{{Document(Allow("{}", "s3:*"))}}}""";
        if (isProved)
        {
            Confirm(Certificate(query));
        }
        else
        {
            NotProved(Claim(query, World));
        }
    }

    /// <summary>A permissions boundary limits what a resource policy grants to a role, and not what it grants to a user.</summary>
    [Theory]
    [InlineData("role/r", true)]
    [InlineData("user/u", false)]
    public void A_boundary_limits_grants_to_roles(string principal, bool isProved)
    {
        string arn = "arn:aws:iam::111122223333:" + principal, grant = $$"""{"Effect":"Allow","Principal":{"AWS":"{{arn}}"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}""";
        string query = $$"""{"question":"not-granted","account":"111122223333","identityPolicies":[{{Document(AllowAll)}}],"permissionsBoundary":{{Document(Allow("{}", "iam:*"))}},"resourcePolicy":{{Document(grant)}},"request":{"principal":"{{arn}}","resourceAccount":"111122223333"},"forbidden":{{Document(Allow("{}", "s3:*"))}}}""";
        if (isProved)
        {
            Confirm(Certificate(query));
        }
        else
        {
            NotProved(Claim(query, World));
        }
    }

    /// <summary>Whether one value of several is enough for a plain operator is disputed: nothing rests on either reading.</summary>
    [Fact]
    public void A_plain_operator_on_several_values_denies_for_certain_only_where_all_of_them_match()
    {
        string Policy(string op) => Document(AllowAll, """{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"OP":{"aws:TagKeys":"a"} } }""".Replace("OP", op, StringComparison.Ordinal));
        string Query(string op) => AskedNotGranted(Policy(op), Document(Allow("""{"ForAnyValue:StringEquals":{"aws:TagKeys":"a"}}""", "ec2:CreateTags")));
        NotProved(Claim(Query("StringEquals"), World));
        Confirm(Certificate(Query("ForAnyValue:StringEquals")));
    }

    [Fact]
    public void A_resource_policy_that_is_not_given_may_grant_unless_the_claim_says_that_it_does_not()
    {
        string query = $$"""{"question":"not-granted","identityPolicies":[],"forbidden":{{Document(Allow("{}", "s3:*"))}}}""";
        NotProved(Claim(query, World));
        string text = Certificate(query);
        Assert.Equal(["no-direct-grants"], Confirm(text).Given);
        Refused(Changed(text, claim => claim["given"]!.AsArray().Clear()));
        Assert.Equal([],
            Confirm(Certificate(query.Replace("\"identityPolicies\"", "\"resourcePolicy\":null,\"identityPolicies\"", StringComparison.Ordinal))).Given);
    }

    [Fact]
    public void A_resource_policy_that_is_not_given_may_deny_unless_the_claim_says_that_it_does_not()
    {
        string query = $$"""{"question":"granted","account":"111122223333","identityPolicies":[{{Document(AllowAll)}}],"request":{"resourceAccount":"111122223333"},"required":{{Document(Allow("{}", "s3:GetObject", "arn:aws:s3:::b/*"))}}}""";
        NotProved(Claim(query, World));
        Refused(Claim(query, [.. World, "no-direct-grants"]), "does not make the assumption \"no-direct-grants\"");
        Assert.Contains("no-resource-obstacle", Confirm(Certificate(query)).Given);
    }

    [Fact]
    public void Without_a_resource_policy_nothing_is_assumed_of_one() => Assert.DoesNotContain("no-resource-obstacle", Confirm(Certificate(
        $$"""{"question":"granted","account":"111122223333","identityPolicies":[{{Document(AllowAll)}}],"resourcePolicy":null,"request":{"resourceAccount":"111122223333"},"required":{{Document(Allow("{}", "s3:GetObject", "arn:aws:s3:::b/*"))}}}""")).Given);

    /// <summary>Those of its organization, and nobody else's.</summary>
    [Theory]
    [InlineData("444455556666", true)]
    [InlineData("777788889999", false)]
    public void A_resource_control_policy_binds_the_resources_of_accounts(string owner, bool isProved)
    {
        string query = $$"""{"question":"not-granted","identityPolicies":[{{Document(AllowAll)}}],"resourcePolicy":null,"resourceControlPolicies":[[{{Document("""{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"}""")}}]],"organization":{"id":"o-a","accounts":{"444455556666":"o-a/r-a/"} },"request":{"resourceAccount":"{{owner}}"},"forbidden":{{Document(Allow("{}", "s3:GetObject"))}}}""";
        if (isProved)
        {
            Confirm(Certificate(query));
        }
        else
        {
            NotProved(Claim(query, World));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(""","resourcePolicy":null""")]
    public void Whether_there_is_no_resource_policy_is_part_of_the_claim(string more)
    {
        string text = Certificate($$"""{"question":"not-granted","identityPolicies":[{{Document(Allow("{}", "kms:*"))}}],"permissionsBoundary":{{Document(Allow("{}", "s3:*"))}}{{more}},"forbidden":{{Document(Allow("{}", "kms:*"))}}}""");
        Assert.EndsWith(more.Length > 0 ? "; no resourcePolicy" : "; a resourcePolicy that is not given", Confirm(text).Claim, StringComparison.Ordinal);
        string other = Changed(text, claim =>
        {
            JsonObject policy = claim["policy"]!.AsObject();
            if (!policy.Remove("resourcePolicy"))
            {
                policy["resourcePolicy"] = null;
            }
        });
        Refused(other);
    }

    /// <summary>Documents that only limit, of which one lost a Deny.</summary>
    public static TheoryData<string, string> Lost() => new()
    {
        { "scp", "" },
        { "scp", AllowAll },
        { "rcp", "" },
        { "rcp", """{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}""" },
        { "identity", "" },
        { "boundary", "" },
        { "session", "" },
        { "resource", "" },
    };

    [Theory]
    [MemberData(nameof(Lost))]
    public void A_Deny_that_goes_away_is_new_access(string type, string allow)
    {
        string principal = type is "rcp" or "resource" ? """ "Principal":"*",""" : "";
        string Denies(string action) => $$"""{"Effect":"Deny",{{principal}}"Action":"{{action}}","Resource":"*"}""";
        string one = Document([.. allow.Length > 0 ? (string[])[allow] : [], Denies("s3:*")]), two =
            Document([.. allow.Length > 0 ? (string[])[allow] : [], Denies("s3:*"), Denies("iam:*")]);
        string beside = type != "scp" ? "" : allow.Length == 0 ? "full-access-attached" : "full-access-detached";
        string[] given = [.. World, .. beside.Length > 0 ? (string[])[beside] : []];
        string more = $$""","type":"{{type}}" """;
        NotProved(Claim(AskedNoNewAccess(one, two, more), given));
        string text = Certificate(AskedNoNewAccess(two, one, more));
        CertificateReport report = Confirm(text);
        Assert.Equal(type is "scp" && allow.Length > 0 ? "every request that document 0 allows, document 1 allows"
            : "every request that document 0 lets through, document 1 lets through", report.Claim);
        Assert.Equal(beside.Length > 0 ? [beside] : [], report.Given);
        if (beside.Length > 0)
        {
            Refused(Changed(text, claim => claim["given"]!.AsArray().Clear()));
            Refused(Changed(text, claim => claim["given"]![0] = beside == "full-access-attached" ? "full-access-detached" : "full-access-attached"));
            Refused(Changed(text, claim => claim["type"] = "identity"));
        }
    }

    [Theory]
    [InlineData("scp")]
    [InlineData("rcp")]
    [InlineData("boundary")]
    [InlineData("session")]
    [InlineData("endpoint")]
    public void Nothing_is_claimed_to_be_allowed_by_what_grants_nothing(string type)
    {
        string more = $$""","type":"{{type}}" """;
        Assert.Null(Claim(Question("granted", Document(AllowAll), "required", Document(Allow("{}", "s3:*")), more), World).Text);
        Assert.Null(Claim($$"""{"question":"can","policy":{{Document(AllowAll, Deny())}}{{more}}}""", World).Text);
    }

    [Fact]
    public void A_grant_to_a_role_is_more_than_one_to_its_account()
    {
        string Grants(string principal) => Document($$"""{"Effect":"Allow","Principal":{"AWS":"{{principal}}"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}""");
        string query = AskedNoNewAccess(Grants(Role), Grants("arn:aws:iam::111122223333:root"), ""","type":"resource" """);
        NotProved(Claim(query, World));
        Confirm(Certificate(AskedNoNewAccess(Grants(Role), Document(Grants(Role)[(Grants(Role).IndexOf('[') + 1)..Grants(Role).LastIndexOf(']')],
            Grants(Role)[(Grants(Role).IndexOf('[') + 1)..Grants(Role).LastIndexOf(']')].Replace("role/r", "role/q", StringComparison.Ordinal)),
            ""","type":"resource" """)));
    }

    [Fact]
    public void Policies_of_the_callers_own_that_are_not_given_may_allow_more_where_stacks_are_compared()
    {
        string Stack(string policy) => $$"""{"resourcePolicy":{{policy}}}""";
        string denying = """{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"}""";
        string query = $$"""{"question":"no-new-access","resourcePolicy":{{Document()}},"baseline":{{Stack(Document(denying))}}}""";
        NotProved(Claim(query, World));
        Confirm(Certificate($$"""{"question":"no-new-access","resourcePolicy":{{Document(denying)}},"baseline":{{Stack(Document())}}}"""));
    }

    /// <summary>Claims that nothing is possible which is: the query, what holds instead, and under what.</summary>
    public static TheoryData<string, string> Possible() => new()
    {
        // Somebody is meant, although nobody can say who.
        { Can("""{"Effect":"Allow","Principal":{"CanonicalUser":"79a59d"},"Action":"s3:*","Resource":"*"}""", "resource"), "" },
        { Can("""{"Effect":"Allow","Principal":{"AWS":"AIDAEXAMPLE"},"Action":"s3:*","Resource":"*"}""", "resource"), "" },

        // The short form of an API.
        { Can("""{"Effect":"Allow","Principal":"*","Action":"execute-api:Invoke","Resource":"execute-api:/prod/GET/a"}""", "resource"), "" },

        // Keys of who asks.
        { Can("""{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Null":{"aws:MultiFactorAuthPresent":"true"}}}""", "identity", ""","request":{"principalType":"assumed-role"}"""), "" },
        { Can("""{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:SourceOwner":"111122223333"}}}""", "resource", ""","request":{"principal":"arn:aws:iam::111122223333:user/a"}"""), "" },

        // Keys and resources that the reference does not list, and pages beside it show.
        { Can("""{"Effect":"Allow","Action":"s3:ListAllMyBuckets","Resource":"*","Condition":{"StringEquals":{"aws:RequestTag/a":"b"}}}"""), "" },
        { Can("""{"Effect":"Allow","Action":"ec2:RunInstances","Resource":"*","Condition":{"StringEquals":{"ec2:ResourceTag/a":"b"}}}"""), "" },
        { Can("""{"Effect":"Allow","Action":"ec2:RunInstances","Resource":"*","Condition":{"StringEquals":{"ec2:SourceInstanceARN":"b"}}}"""), "" },
        { Can("""{"Effect":"Allow","Action":"s3:ListAllMyBuckets","Resource":"arn:aws:s3:::*"}"""), "" },
        { Can("""{"Effect":"Allow","Action":"ssm:GetParameter","Resource":"arn:aws:ssm:eu-west-1::parameter/aws/service/a"}"""), "" },

        // Whom control policies do not bind, and whom a bucket policy does not keep out.
        {
            $$"""{"question":"not-granted","identityPolicies":[{{Document(AllowAll)}}],"serviceControlPolicies":[[{{Document(AllowAll, Deny("{}", "iam:*"))}}]],"organization":{"id":"o-a","accounts":{"444455556666":"o-a/r-a/"} },"forbidden":{{Document(Allow("{}", "iam:*"))}}}""",
            "no-direct-grants"
        },
        {
            $$"""{"question":"not-granted","identityPolicies":[{{Document(AllowAll)}}],"resourceControlPolicies":[[{{Document("""{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"}""")}}]],"organization":{"id":"o-a","accounts":{"444455556666":"o-a/r-a/"} },"forbidden":{{Document(Allow("{}", "s3:GetObject"))}}}""",
            "no-direct-grants"
        },
        {
            $$"""{"question":"can","resourcePolicy":{{Document("""{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"},{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"s3:*","Resource":"*"}""")}},"request":{"principal":"arn:aws:iam::111122223333:root","resourceAccount":"111122223333","action":"s3:DeleteBucketPolicy"} }""",
            ""
        },
    };

    /// <summary>Whom a resource policy lets in is anybody, where nobody's own policies are given.</summary>
    [Theory]
    [InlineData("""{"StringEquals":{"aws:PrincipalType":"Anonymous"} }""")]
    [InlineData("""{"StringEquals":{"aws:PrincipalType":"Account"} }""")]
    [InlineData("""{"StringEquals":{"aws:PrincipalType":"FederatedUser"} }""")]
    [InlineData("""{"StringEquals":{"aws:PrincipalType":"AssumedRole"} }""")]
    [InlineData("""{"Bool":{"aws:PrincipalIsAWSService":"true"} }""")]
    public void A_resource_policy_speaks_of_every_kind_of_caller(string condition) => NotProved(Claim(
        $$"""{"question":"can","resourcePolicy":{{Document($$"""{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*","Condition":{{condition}} }""")}} }""", World));

    [Theory]
    [MemberData(nameof(Possible))]
    public void What_is_possible_is_not_certified_to_be_impossible(string query, string onPolicy) =>
        NotProved(Claim(query, [.. World, .. onPolicy.Length > 0 ? (string[])[onPolicy] : []]));

    /// <summary>What cannot be, and from which assumption it follows.</summary>
    public static TheoryData<string, string> Impossible() => new()
    {
        { Can("""{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"*","Resource":"*","Condition":{"StringLike":{"aws:userid":"AROA*"}}}""", "resource", ""","request":{"principal":"arn:aws:iam::111122223333:user/a"}"""), "linked-keys" },
        { Can("""{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"NumericLessThan":{"aws:MultiFactorAuthAge":"1"},"Bool":{"aws:MultiFactorAuthPresent":"false"}}}"""), "linked-keys" },
        { Can("""{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:CalledViaFirst":"a"},"Bool":{"aws:ViaAWSService":"false"}}}"""), "linked-keys" },
        { Can("""{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-a"},"ForAnyValue:StringLike":{"aws:PrincipalOrgPaths":"o-b/*"}}}"""), "linked-keys" },
        { Can("""{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-a"},"Null":{"aws:PrincipalOrgPaths":"true"}}}"""), "linked-keys" },
        { Can("""{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"DateLessThan":{"aws:CurrentTime":"2034-01-01T00:00:00Z"},"DateGreaterThan":{"aws:EpochTime":"2019686400"}}}"""), "linked-keys" },
        { Can("""{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"StringEquals":{"s3:ResourceAccount":"111122223333","aws:ResourceAccount":"444455556666"}}}"""), "linked-keys" },
        { Can("""{"Effect":"Allow","Action":"iam:DeletePolicy","Resource":"arn:aws:iam::aws:policy/*"}"""), "linked-keys" },
        { Can("""{"Effect":"Allow","Principal":"*","Action":"*","Resource":"arn:aws-cn:s3:::b"}""", "resource",
            ""","request":{"principal":"arn:aws:iam::111122223333:user/a"}"""), "linked-keys" },
        { Can("""{"Effect":"Allow","Action":"*","Resource":"arn:aws-moon:s3:::b"}"""), "shapes" },
        { Can("""{"Effect":"Allow","Action":"s3:ListAllMyBuckets","Resource":"arn:aws:sqs:*:*:*"}"""), "catalogue" },
        { Can("""{"Effect":"Allow","Action":"ec2:DescribeInstances","Resource":"arn:aws:ec2:*:*:*"}"""), "catalogue" },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public void What_follows_from_the_world_model_is_certified(string query, string given) => Assert.Equal([given], Confirm(Certificate(query)).Given);

    [Theory]
    [InlineData("aws:CurrentTime", "2022-03-01T00:00:00Z")]
    [InlineData("aws:EpochTime", "1646092800")]
    public void What_has_ended_before_the_as_of_day_is_certified_with_the_day(string key, string end)
    {
        string query = Can($$"""{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"DateLessThan":{"{{key}}":"{{end}}"} } }""");
        string text = Certificate(query);
        CertificateReport report = Confirm(text);
        Assert.Equal(["as-of"], report.Given);
        Assert.Contains($"of requests not made before {ServiceCatalogue.Default.Date}", report.Claim, StringComparison.Ordinal);
        Refused(Changed(text, claim => claim["asOf"] = "2022-02-28"));
        Refused(Changed(text, claim => claim["asOf"] = "2022-02-30"));
        Refused(Changed(text, claim => claim["asOf"] = "1999"));
        Refused(Changed(text, claim => claim.AsObject().Remove("asOf")));
        Refused(Changed(text, claim => claim["given"] = new JsonArray()));
        NotProved(CertificateWriter.Write(Ask.Read(query) with { AsOf = "2022-02-28" }, new Answer(Verdict.Violated, null, "claimed", [], ["as-of"], 0, [])));
    }

    [Theory]
    [InlineData("as-of")]
    [InlineData("Linked-Keys")]
    [InlineData("no-direct-grants")]
    [InlineData("no-resource-obstacle")]
    [InlineData("full-access-attached")]
    [InlineData("full-access-detached")]
    public void An_assumption_that_nobody_knows_or_the_question_does_not_make_refuses(string name)
    {
        string text = Certificate(AskedNotGranted(Document(Allow("{}", "s3:*")), Document(Allow("{}", "iam:*"))));
        Refused(Changed(text, claim => claim["given"]!.AsArray().Add(name)));
    }

    [Fact]
    public void A_step_that_names_itself_or_a_later_one_refuses()
    {
        string text = Certificate(AskedNotGranted(Document(Allow("{}", "s3:*")), Document(Allow("{}", "iam:*"))));
        JsonNode root = JsonNode.Parse(text)!;
        int last = ((string[])["clauses", "lemmas", "steps"]).Sum(p => root[p]!.AsArray().Count);
        foreach (int number in (int[])[last, last + 1])
        {
            JsonNode changed = JsonNode.Parse(text)!;
            changed["steps"]!.AsArray()[^1]!["by"] = new JsonArray(number);
            Refused(changed.ToJsonString());
        }
    }

    [Fact]
    public void A_certificate_of_the_first_version_is_refused()
    {
        string text = Certificate(AskedNotGranted(Document(Allow("{}", "s3:*")), Document(Allow("{}", "iam:*"))));
        Assert.Equal("it is of version 1; this program checks version 2", Check(text.Replace("\"v\":2", "\"v\":1", StringComparison.Ordinal)).Problem);
    }

    [Fact]
    public void Stacks_of_different_accounts_or_organizations_are_not_compared()
    {
        string text = Certificate($$"""{"question":"no-new-access","account":"111122223333","identityPolicies":[{{Document(Allow("{}", "s3:Get*"))}}],"resourcePolicy":null,"baseline":{"account":"111122223333","identityPolicies":[{{Document(Allow("{}", "s3:*"))}}],"resourcePolicy":null} }""");
        Confirm(text);
        Refused(Changed(text, claim => claim["baseline"]!["account"] = "444455556666"));
        Refused(Changed(text, claim => claim["baseline"]!["organization"] = JsonNode.Parse("""{"id":"o-a","accounts":[]}""")));
        const string Member = """{"account":"111122223333","path":"o-a/r-a/"}""";
        Refused(Changed(text, claim => claim["policy"]!["organization"] =
            JsonNode.Parse($$"""{"accounts":[{{Member}},{{Member.Replace("r-a", "r-b", StringComparison.Ordinal)}}]}""")));
    }

    private static string Can(string statement, string type = "identity", string more = "") =>
        $$"""{"question":"can","type":"{{type}}","policy":{{Document(statement)}}{{more}}}""";

    private static CertificateReport Confirm(string text)
    {
        CertificateReport report = Check(text);
        Assert.True(report.IsValid, report.Problem);
        return report;
    }

    /// <summary>The claim can be made, and its clauses do not exclude each other: no certificate of it can be accepted.</summary>
    private static void NotProved(CertificateResult result)
    {
        Assert.Null(result.Text);
        Assert.Matches("do not suffice$|in another way than the prover$", result.Reason);
    }

    private static void Refused(string text)
    {
        CertificateReport report = Check(text);
        Assert.False(report.IsValid, $"accepted: {report.Claim}\n{text}");
        Assert.NotEqual("", report.Problem);
    }

    private static void Refused(CertificateResult result, string reason)
    {
        Assert.Null(result.Text);
        Assert.Contains(reason, result.Reason, StringComparison.Ordinal);
    }

    private static string Changed(string text, Action<JsonNode> change)
    {
        JsonNode root = JsonNode.Parse(text)!;
        change(root["claim"]!);
        return root.ToJsonString();
    }
}
