using ProvableSec.Reasoning.Questions;
using static ProvableSec.Reasoning.Tests.Proving.Ask;

namespace ProvableSec.Reasoning.Tests.Proving;

/// <summary>
/// What is not given is not known (docs/semantics.md): no verdict is favorable because a policy was left out, a document that only limits is asked about by
/// what it lets through, and a claim that says nothing says so.
/// </summary>
public sealed class NotGivenTests
{
    private const string Account = "111122223333", Key = "arn:aws:kms:eu-west-1:111122223333:key/k", Role = "arn:aws:iam::111122223333:role/r", Object =
        "arn:aws:s3:::reports/may.csv";

    private static readonly string Nothing = Document(), Administrator = Document(AllowAll);

    [Theory]
    [InlineData("kms:ScheduleKeyDeletion", Key)]
    [InlineData("sts:AssumeRole", Role)]
    public void NotGiven_KeyAndTrustPolicies_AreChosenAgainstTheClaim_NullSaysThatThereIsNone(string action, string resource)
    {
        string administrator = Identity(Document(Allow(action: "*")));
        Answer absent = NotGrantedTo(administrator, action, resource);
        Assert.Equal(Verdict.Violated, absent.Verdict);
        Assert.Equal(Supposition.Delegation, absent.Witness!.Supposed);
        Assert.NotNull(absent.Witness.SupposedResourcePolicy);
        Assert.Equal(Verdict.Holds, NotGrantedTo(administrator + NoPolicy, action, resource).Verdict);
        Assert.Equal(Verdict.Holds, NotGrantedTo(administrator + Policy(Grant("444455556666", action)), action, resource).Verdict);
        Answer given = NotGrantedTo(administrator + Policy(Grant(Account, action)), action, resource);
        Assert.Equal(Verdict.Violated, given.Verdict);
        Assert.Null(given.Witness!.SupposedResourcePolicy);
    }

    [Theory]
    [InlineData("kms:ScheduleKeyDeletion", Key)]
    [InlineData("sts:AssumeRole", Role)]
    [InlineData("s3:DeleteObject", Object)]
    public void NotGiven_DenyOfTheCallersSide_HoldsWhateverTheResourcesPolicySays(string action, string resource)
    {
        Answer denied = NotGrantedTo(Identity(Document(AllowAll, Deny(action: action))), action, resource);
        Assert.Equal(Verdict.Holds, denied.Verdict);
        Assert.Empty(denied.Assumptions);
    }

    [Fact]
    public void NotGiven_PolicyOfAnotherAccountsResource_LetsInWhomTheIdentitySideAllows()
    {
        string writer = Identity(Document(Allow(action: "s3:PutObject")));
        const string There = ""","resourceAccount":"444455556666" """;
        Answer absent = NotGrantedTo(writer, "s3:PutObject", Object, There);
        Assert.Equal(Supposition.Delegation, absent.Witness!.Supposed);
        Assert.Equal(Verdict.Holds, NotGrantedTo(writer + NoPolicy, "s3:PutObject", Object, There).Verdict);
        Assert.Equal(Verdict.Holds, NotGrantedTo(writer, "s3:DeleteObject", Object, There).Verdict);
        Assert.Equal(Verdict.Violated, NotGrantedTo(writer + Policy(Grant(Account, "s3:PutObject", Object)), "s3:PutObject", Object, There).Verdict);
    }

    [Fact]
    public void NotGiven_PolicyInTheCallersAccount_IsAssumedToGrantNothingByItself()
    {
        string reader = Identity(Document(Allow(action: "s3:GetObject")));
        Assert.Equal(["no-direct-grants"], NotGrantedTo(reader, "s3:DeleteObject", Object).Assumptions);
        Assert.Empty(NotGrantedTo(reader + NoPolicy, "s3:DeleteObject", Object).Assumptions);
        foreach (string dropped in (string[])[""","without":["no-direct-grants"]""", ""","world":"free" """])
        {
            Answer answer = NotGrantedTo(reader + dropped, "s3:DeleteObject", Object);
            Assert.Equal(Supposition.DirectGrant, answer.Witness!.Supposed);
            Assert.Equal("Supposed", answer.Witness.SupposedResourcePolicy!.Statements.Single().Sid);
        }

        Assert.Equal(Verdict.Holds, NotGrantedTo(reader + NoPolicy + ""","world":"free" """, "s3:DeleteObject", Object).Verdict);
    }

    [Fact]
    public void NotGiven_PolicyOfBothSidesOfAComparison_IsTheSame()
    {
        string decrypt = Stack(Document(Allow(action: "kms:Decrypt"))), more = Stack(Document(Allow(action: "kms:Decrypt"), Allow(action: "kms:Encrypt")));
        Assert.Equal(Verdict.Violated, Compared("no-new-access", more, decrypt).Verdict);
        Assert.Equal(Verdict.Holds, Compared("no-new-access", decrypt, more).Verdict);
        Assert.Equal(Verdict.Violated, Compared("equivalent", decrypt, more).Verdict);
        Assert.Equal(Verdict.Holds,
            Compared("equivalent", more, Stack(Document("""{"Effect":"Allow","Action":["kms:Encrypt","kms:Decrypt"],"Resource":"*"}"""))).Verdict);
    }

    [Theory]
    [InlineData("permissionsBoundary", "arn:aws:iam::111122223333:role/r")]
    [InlineData("sessionPolicies", "arn:aws:iam::111122223333:user/u")]
    [InlineData("sessionPolicies", "arn:aws:sts::111122223333:assumed-role/r/s")]
    public void NotGiven_PolicyThatNamesTheCaller_GrantsWhatOneSideLimits(string limit, string caller)
    {
        // Neither side allows anything by itself; what a policy grants by name the limit of the one takes away, of the other nothing does.
        string none = Stack(Document(Allow(action: "ec2:*"))), limited = none[..^1]
            + (limit == "sessionPolicies" ? ",\"sessionPolicies\":[]}" : $",\"permissionsBoundary\":{Document(Allow(action: "ec2:*"))}}}");
        string asked = $",\"request\":{{\"principal\":\"{caller}\",\"action\":\"s3:GetObject\",\"resource\":\"{Object}\"}}";
        foreach (string dropped in (string[])[""","without":["no-direct-grants"]""", ""","world":"free" """])
        {
            Answer answer = Question($$"""{"question":"no-new-access","policy":{{none}},"baseline":{{limited}}{{asked}}{{dropped}} }""");
            Assert.Equal(Verdict.Violated, answer.Verdict);
            Assert.Equal(Supposition.GrantByName, answer.Witness!.Supposed);
            Assert.Equal("Supposed", answer.Witness.SupposedResourcePolicy!.Statements.Single().Sid);
            Assert.Equal(Verdict.Holds, Question($$"""{"question":"no-new-access","policy":{{limited}},"baseline":{{none}}{{asked}}{{dropped}} }""").Verdict);
        }

        Answer assumed = Question($$"""{"question":"no-new-access","policy":{{none}},"baseline":{{limited}}{{asked}} }""");
        Assert.Equal(Verdict.Holds, assumed.Verdict);
        Assert.Equal(["no-direct-grants"], assumed.Assumptions.Where(a => a == "no-direct-grants"));
    }

    [Fact]
    public void NotGiven_PolicyOfOneSideOnly_IsNewAccess()
    {
        string decrypt = Document(Allow(action: "kms:Decrypt"));
        Assert.Equal(Verdict.Violated, Compared("no-new-access", Stack(decrypt), Stack(decrypt + NoPolicy)).Verdict);
        Assert.Equal(Verdict.Holds, Compared("no-new-access", Stack(decrypt + NoPolicy), Stack(decrypt + NoPolicy)).Verdict);
    }

    [Theory]
    [InlineData("kms:Decrypt", Key, "", "key policy")]
    [InlineData("sts:AssumeRole", Role, "", "trust policy")]
    [InlineData("s3:GetObject", Object, ""","resourceAccount":"444455556666" """, "resource's policy")]
    public void NotGiven_PolicyThatMustAllow_LeavesGrantedAndCanUnknown(string action, string resource, string more, string give)
    {
        string administrator = Identity(Administrator);
        foreach (string question in (string[])["granted", "can"])
        {
            Answer absent = Asked(question, administrator, action, resource, more);
            Assert.Equal((Verdict.Unknown, UnknownReason.NotGiven), (absent.Verdict, absent.UnknownBecause));
            Assert.Contains(give, absent.Reason, StringComparison.Ordinal);
            Assert.Equal(Verdict.Violated, Asked(question, administrator + NoPolicy, action, resource, more).Verdict);
            Assert.Equal(Verdict.Holds, Asked(question, administrator + Policy(Grant(Account, action, "*")), action, resource, more).Verdict);
        }
    }

    [Theory]
    [InlineData("kms:Decrypt", "*", "give the key policy")]
    [InlineData("kms:Decrypt", "arn:aws:*", "give the key policy")]
    [InlineData("kms:GenerateDataKey", "*", "give the key policy")]
    [InlineData("sts:AssumeRole", "*", "give the role's trust policy")]
    [InlineData("sts:TagSession", "arn:aws:iam::111122223333:*", "give the role's trust policy")]
    public void NotGiven_PolicyThatMustAllowOnAnyResource_IsWhatToGive(string action, string allowed, string give)
    {
        string stack = Stack(Document(Allow(action: action, resource: allowed)));
        Answer answer = Question($$"""{"question":"can","policy":{{stack}},"request":{"action":"{{action}}"} }""");
        Assert.Equal(Verdict.Unknown, answer.Verdict);
        Assert.Contains(give, answer.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void NotGiven_PolicyThatNeedNotAllow_IsAssumedToBeNoObstacle()
    {
        string administrator = Identity(Administrator);
        const string Here = ""","resourceAccount":"111122223333" """;
        Assert.Contains("no-resource-obstacle", Asked("granted", administrator, "s3:GetObject", Object, Here).Assumptions);
        Assert.Equal(Verdict.Unknown, Asked("granted", administrator + ""","without":["no-resource-obstacle"]""", "s3:GetObject", Object, Here).Verdict);
        Answer none = Asked("granted", administrator + NoPolicy, "s3:GetObject", Object, Here);
        Assert.Equal(Verdict.Holds, none.Verdict);
        Assert.DoesNotContain("no-resource-obstacle", none.Assumptions);
    }

    [Theory]
    [InlineData("scp")]
    [InlineData("rcp")]
    [InlineData("boundary")]
    [InlineData("session")]
    [InlineData("endpoint")]
    [InlineData("identity")]
    [InlineData("resource")]
    public void NotGiven_WhatStandsBesideADenyOnlyDocument_IsTakenToAllow(string type)
    {
        string more = $",\"type\":\"{type}\"";
        string principal = type is "rcp" or "resource" or "endpoint" ? "\"Principal\":\"*\"," : "";
        string Deny(string action) => $$"""{"Effect":"Deny",{{principal}}"Action":"{{action}}","Resource":"*"}""";
        string one = Document(Deny("s3:DeleteObject")), two = Document(Deny("s3:DeleteObject"), Deny("s3:PutObject")), other = Document(Deny("s3:PutObject"));
        Assert.Equal(Verdict.Violated, NoNewAccess(one, two, more).Verdict);
        Assert.Equal(Verdict.Holds, NoNewAccess(two, one, more).Verdict);
        Assert.Equal(Verdict.Violated, Equivalent(one, other, more).Verdict);
        Assert.Equal(Verdict.Holds, Equivalent(two, Document(Deny("s3:PutObject"), Deny("s3:DeleteObject")), more).Verdict);
        Assert.Equal(Verdict.Violated, NotGranted(one, Document(Allow(action: "s3:PutObject")), more).Verdict);
        Assert.Equal(Verdict.Holds, NotGranted(one, Document(Allow(action: "s3:DeleteObject")), more).Verdict);
    }

    [Fact]
    public void NotGiven_FullAccessBesideALoneScp_IsAnAssumptionByName()
    {
        const string Scp = ""","type":"scp" """;
        string deny = Document(Deny(action: "s3:*")), list = Document(Allow(action: "s3:*")), longer = Document(Allow(action: "s3:*"), Allow(action: "ec2:*"));
        Assert.Contains("full-access-attached", NotGranted(deny, Document(Allow(action: "s3:GetObject")), Scp).Assumptions);
        Assert.Contains("full-access-detached", NotGranted(list, Document(Allow(action: "ec2:RunInstances")), Scp).Assumptions);
        Assert.Equal(Verdict.Violated, NoNewAccess(longer, list, Scp).Verdict);
        Assert.Equal(Verdict.Holds, NoNewAccess(list, longer, Scp).Verdict);
    }

    [Theory]
    [InlineData("scp", "a service control policy")]
    [InlineData("rcp", "a resource control policy")]
    [InlineData("boundary", "a permissions boundary")]
    [InlineData("session", "a session policy")]
    [InlineData("endpoint", "a VPC endpoint policy")]
    public void NotGiven_IdentityPolicyBesideALimit_LeavesGrantedAndCanUnknown(string type, string kind)
    {
        string more = $",\"type\":\"{type}\"", policy = Document("""{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}""");
        foreach (Answer answer in (Answer[])[Can(policy, more), Granted(policy, Document(Allow(action: "s3:GetObject")), more)])
        {
            Assert.Equal(Verdict.Unknown, answer.Verdict);
            Assert.StartsWith(kind + " grants nothing by itself", answer.Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void NotGiven_AllowBesideADenyOnlyDocument_LeavesGrantedAndCanUnknown()
    {
        Assert.Equal(UnknownReason.GrantsNothingByItself, Can(Document(Deny(action: "s3:*"))).UnknownBecause);
        Assert.Equal(Verdict.Unknown, Granted(Document(Deny(action: "s3:*")), Document(Allow(action: "ec2:*"))).Verdict);
        Assert.Equal(Verdict.Holds, Can(Document(AllowAll, Deny(action: "s3:*"))).Verdict);
    }

    [Fact]
    public void NotGiven_CallersOwnPolicies_MakeARemovedDenyOfAResourcePolicyNewAccess()
    {
        string allow = Grant(Account, "s3:GetObject", Object), deny = """{"Effect":"Deny","Principal":"*","Action":"s3:DeleteObject","Resource":"*"}""";
        Assert.Equal(Verdict.Violated, NoNewAccess(Document(allow), Document(allow, deny)).Verdict);
        Assert.Equal(Verdict.Holds, NoNewAccess(Document(allow, deny), Document(allow)).Verdict);
    }

    [Fact]
    public void NotGiven_CallersOwnPolicies_TellAnAccountFromItsPrincipals()
    {
        string account = Document(Grant(Account, "s3:GetObject", Object));
        string user = Document(Grant("arn:aws:iam::111122223333:user/a", "s3:GetObject", Object)), role =
            Document(Grant("arn:aws:iam::111122223333:role/r", "s3:GetObject", Object));
        Assert.Equal(Verdict.Violated, NoNewAccess(user, account).Verdict);
        Assert.Equal(Verdict.Violated, NoNewAccess(role, account).Verdict);
        Assert.Equal(Verdict.Violated, Equivalent(user, account).Verdict);
        Assert.Equal(Verdict.Holds, Equivalent(account, Document(Grant("arn:aws:iam::111122223333:root", "s3:GetObject", Object))).Verdict);
        string both = Document("""{"Effect":"Allow","Principal":{"AWS":["arn:aws:iam::111122223333:user/a","arn:aws:iam::111122223333:user/b"]},"Action":"s3:GetObject","Resource":"arn:aws:s3:::reports/may.csv"}""");
        Assert.Equal(Verdict.Holds, NoNewAccess(user, both).Verdict);
        Assert.Equal(Verdict.Violated, NoNewAccess(both, user).Verdict);
    }

    [Fact]
    public void NotGiven_Requests_PropertyThatDescribesNoneIsVacuous()
    {
        foreach (string property in (string[])[Document(Allow(action: "s3:*"), Deny(action: "s3:*")),
            Document(Allow("""{"StringEquals":{"aws:username":"a"},"Null":{"aws:username":"true"} }"""))])
        {
            Assert.NotNull(NotGranted(Administrator, property).Vacuous);
            Assert.NotNull(Granted(Nothing, property).Vacuous);
        }

        Answer ordinary = NotGranted(Document(Allow(action: "s3:*")), Document(Allow(action: "ec2:*")));
        Assert.Equal(Verdict.Holds, ordinary.Verdict);
        Assert.Null(ordinary.Vacuous);
    }

    [Fact]
    public void NotGiven_ActionsThatExist_UnknownOnesOnlyAreVacuous()
    {
        string reader = Document(Allow(action: "s3:Get*"));
        Assert.NotNull(NotGranted(reader, Document(Allow(action: "s3:ErasePlanet"))).Vacuous);
        Assert.Null(NotGranted(reader, Document("""{"Effect":"Allow","Action":["s3:ErasePlanet","s3:PutObject"],"Resource":"*"}""")).Vacuous);
        Assert.Null(NotGranted(reader, Document(Allow(action: "s3:Put*"))).Vacuous);
    }

    [Fact]
    public void NotGiven_AllowInALevelOfScps_MakesWhatHoldsVacuous()
    {
        string Under(string levels) => Identity(Administrator) + $$""","resourcePolicy":null,"serviceControlPolicies":{{levels}} """;
        string deny = Document(Deny(action: "s3:*"));
        const string OfEc2 = """ "action":{"like":"ec2:*"} """;
        Answer nothing = NotGrantedTo(Under($"[[{Administrator}],[{deny}]]"), "ec2:RunInstances", "*", OfEc2);
        Assert.Equal(Verdict.Holds, nothing.Verdict);
        Assert.NotNull(nothing.Vacuous);
        Assert.Equal(["serviceControlPolicies[1]"], nothing.Because.Select(b => b.Layer));
        Answer beside = NotGrantedTo(Under($"[[{Administrator}],[{Administrator},{Document(Deny(action: "ec2:RunInstances"))}]]"), "ec2:RunInstances", "*",
            OfEc2);
        Assert.Equal(Verdict.Holds, beside.Verdict);
        Assert.Null(beside.Vacuous);
    }

    [Fact]
    public void NotGiven_AnyAllow_IsVacuousInAPropertyAndOrdinaryInANewVersion()
    {
        Assert.NotNull(NotGranted(Nothing, Document(Allow(action: "s3:*"))).Vacuous);
        Answer emptied = NoNewAccess(Nothing, Administrator);
        Assert.Equal(Verdict.Holds, emptied.Verdict);
        Assert.Null(emptied.Vacuous);
    }

    [Theory]
    [InlineData("""{"CanonicalUser":"79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"}""")]
    [InlineData("""{"AWS":"arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E2EXAMPLE"}""")]
    [InlineData("""{"AWS":"AIDAEXAMPLEOFAGONEUSER"}""")]
    public void NotGiven_WhoAPrincipalIs_IsUnknownAndNotNobody(string principal)
    {
        string open = Document($$"""{"Effect":"Allow","Principal":{{principal}},"Action":"s3:GetObject","Resource":"arn:aws:s3:::reports/*"}""");
        string other = Document(Grant("444455556666", "s3:GetObject", Object));
        string both = open.Replace("]}", "," + Grant("444455556666", "s3:GetObject", Object) + "]}", StringComparison.Ordinal);
        Answer reads = NotGranted(open, Document(Allow(action: "s3:GetObject")));
        Assert.Equal(Verdict.Unknown, reads.Verdict);
        Assert.Contains("cannot be compared", reads.Reason, StringComparison.Ordinal);
        Assert.Equal(Verdict.Holds, NotGranted(open, Document(Allow(action: "s3:PutObject"))).Verdict);
        Assert.Equal(Verdict.Unknown, NoNewAccess(both, other).Verdict);
        Assert.Equal(Verdict.Holds, NoNewAccess(other, both).Verdict);
        Assert.Equal(Verdict.Holds, NoNewAccess(open, open).Verdict);
        Assert.NotEqual(Verdict.Violated, Question($$"""{"question":"no-dead-statement","policy":{{open}} }""").Verdict);
    }

    [Theory]
    [InlineData("iam:CreatePolicyVersion", "arn:aws:iam::aws:policy/ReadOnlyAccess", "iam:GetPolicyVersion")]
    [InlineData("iam:DeletePolicy", "arn:aws:iam::aws:policy/job-function/Billing", "iam:GetPolicy")]
    [InlineData("iam:AttachRolePolicy", "arn:aws:iam::111122223333:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS", "iam:GetRole")]
    [InlineData("iam:UpdateAssumeRolePolicy", "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef", "iam:GetRole")]
    [InlineData("kms:DeleteAlias", "arn:aws:kms:eu-west-1:111122223333:alias/aws/s3", "kms:ListAliases")]
    public void NotGiven_PolicyOfWhatAwsOwns_ChangesNothing_NoCustomerChangesIt(string action, string owned, string other)
    {
        string administrator = Identity(Administrator), own = owned.Replace("aws:policy", "111122223333:policy", StringComparison.Ordinal)
            .Replace("aws-service-role/", "", StringComparison.Ordinal).Replace("aws-reserved/", "", StringComparison.Ordinal)
                .Replace("alias/aws/", "alias/", StringComparison.Ordinal);
        Assert.Equal(Verdict.Holds, NotGrantedTo(administrator, action, owned).Verdict);
        Assert.Equal(Verdict.Violated, NotGrantedTo(administrator, action, own).Verdict);
        Assert.Equal(Verdict.Violated, NotGrantedTo(administrator, other, other == "kms:ListAliases" ? "*" : owned).Verdict);
    }

    [Fact]
    public void NotGiven_TimeOfTheRequest_IsNotBeforeTheAsOfDate()
    {
        string expired = Identity(Document(Allow(If("DateLessThan", "aws:CurrentTime", "2026-01-01T00:00:00Z"), "s3:GetObject"))) + NoPolicy;
        string lasting = Identity(Document(Allow(If("DateLessThan", "aws:CurrentTime", "2036-01-01T00:00:00Z"), "s3:GetObject"))) + NoPolicy;
        string property = Property("s3:GetObject", Object);
        Query Of(string stack) => Read($$"""{"question":"not-granted",{{stack}},"forbidden":{{property}} }""");
        Answer over = Prover.Answer(Of(expired));
        Assert.Equal(Verdict.Holds, over.Verdict);
        Assert.Contains("as-of", over.Assumptions);
        Assert.Equal(Verdict.Violated, Prover.Answer(Of(expired) with { AsOf = "2025-06-01" }).Verdict);
        Assert.Equal(Verdict.Violated, Prover.Answer(Of(expired + ""","without":["as-of"]""")).Verdict);
        Assert.Equal(Verdict.Violated, Prover.Answer(Of(lasting)).Verdict);
        Assert.Equal(Verdict.Holds, Prover.Answer(Of(lasting) with { AsOf = "2036-06-01" }).Verdict);
    }

    private const string NoPolicy = ""","resourcePolicy":null""";

    private static string Identity(string document) => $$""" "account":"111122223333","identityPolicies":[{{document}}] """;

    private static string Policy(params string[] statements) => $",\"resourcePolicy\":{Document(statements)}";

    private static string Stack(string document) => "{" + (document.EndsWith(NoPolicy, StringComparison.Ordinal) ? Identity(document[..^NoPolicy.Length])
        + NoPolicy : Identity(document)) + "}";

    private static string Property(string action, string resource) => Document(Allow(action: action, resource: resource));

    private static string Grant(string principal, string action, string resource = "*") =>
        $$"""{"Effect":"Allow","Principal":{"AWS":"{{principal}}"},"Action":"{{action}}","Resource":"{{resource}}"}""";

    private static Answer NotGrantedTo(string stack, string action, string resource, string request = "") =>
        Prover.Answer(Read($$"""{"question":"not-granted",{{stack}},"forbidden":{{Property(action, resource)}},"request":{ {{request.TrimStart(',')}} } }"""));

    private static Answer Compared(string question, string stack, string baseline) =>
        Prover.Answer(Read($$"""{"question":"{{question}}","policy":{{stack}},"baseline":{{baseline}} }"""));

    private static Answer Asked(string question, string stack, string action, string resource, string request) => Prover.Answer(Read(question == "can"
        ? $$"""{"question":"can",{{stack}},"request":{"action":"{{action}}","resource":"{{resource}}"{{request}} } }"""
        : $$"""{"question":"granted",{{stack}},"required":{{Property(action, resource)}},"request":{ {{request.TrimStart(',')}} } }"""));

    [Fact]
    public void NotGiven_WhatOnlyDeniesIsNoPolicyThatGrants_WhicheverSideItStandsOn()
    {
        string denies = Document(Deny(action: "s3:PutObject")), grants = Document(Allow(action: "s3:GetObject"), Deny(action: "s3:PutObject"));
        Assert.Equal(Verdict.Violated, Equivalent(denies, grants).Verdict);
        Assert.Equal(Verdict.Violated, Equivalent(grants, denies).Verdict);

        // An Allow of nothing grants nothing, but the two deny different things.
        string nothing = Document(Allow(action: "new:Nothing", resource: "arn:aws:s3:::b"), Deny(action: "new:Nothing"), Deny(action: "s3:GetObject"));
        Assert.Equal(Verdict.Violated, Equivalent(denies, nothing).Verdict);
        Assert.Equal(Verdict.Holds, Equivalent(Document(Deny(action: "s3:GetObject")),
            Document(Allow(action: "s3:GetObject"), Deny(action: "s3:GetObject"))).Verdict);
    }
}
