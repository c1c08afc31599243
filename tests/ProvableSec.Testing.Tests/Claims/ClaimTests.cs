namespace ProvableSec.Testing.Tests.Claims;

/// <summary>Each claim, proved and refuted; what says nothing or is not known never passes.</summary>
public sealed class ClaimTests
{
    private const string Reports = "arn:aws:s3:::reports/*";

    private static readonly PolicySubject Reader = Allowing("s3:GetObject", Reports);

    [Fact]
    public void Never_allows()
    {
        Reader.ShouldNeverAllow("s3:PutObject");
        Reader.ShouldNeverAllow("s3:GetObject", on: "arn:aws:s3:::secret/*");
        Assert.Contains("but it allows this request", Failing.Message(() => Reader.ShouldNeverAllow(["s3:PutObject", "s3:Get*"])), StringComparison.Ordinal);
    }

    [Fact]
    public void Never_allows_what_a_policy_describes()
    {
        PolicySubject writes = Allowing("s3:Put*", "*");
        Reader.ShouldNeverAllow(writes);
        PolicyAssert.NeverAllows(Reader, writes);
        Assert.Contains("should never allow what allow s3:Get* describes, but it allows this request.",
            Failing.Message(() => Reader.ShouldNeverAllow(Allowing("s3:Get*", "*"))), StringComparison.Ordinal);
        Assert.Contains("says nothing", Failing.Message(() => Reader.ShouldNeverAllow(Policies.Parse("""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"},{"Effect":"Deny","Action":"*","Resource":"*"}]}"""))), StringComparison.Ordinal);
        Assert.Contains("is not one policy", Failing.Source(() => Reader.ShouldNeverAllow(Reader.WithBoundary(writes))), StringComparison.Ordinal);
    }

    [Fact]
    public void Allows()
    {
        Reader.ShouldAllow("s3:GetObject", on: Reports);
        Assert.Contains("but it does not allow this request", Failing.Message(() => Reader.ShouldAllow("s3:GetObject", on: "arn:aws:s3:::*")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_allowed_is_asked_of_the_callers_own_account()
    {
        PolicySubject limited = Reader.WithBoundary("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}""");
        limited.ShouldAllow("s3:GetObject", on: Reports);
        Assert.Contains("the resource's policy, which is not given", Failing.Message(() => Allowing("sqs:SendMessage", "*").InAccount("111122223333")
            .ShouldAllow("sqs:SendMessage", on: "arn:aws:sqs:eu-west-1:444455556666:orders")), StringComparison.Ordinal);
    }

    [Fact]
    public void Allows_only()
    {
        Reader.ShouldAllowOnly("s3:GetObject", on: Reports);
        Reader.WithBoundary(PolicyJson.Everything).ShouldAllowOnly("s3:Get*");
        string message = Failing.Message(() => Allowing("s3:*", Reports).ShouldAllowOnly("s3:GetObject", on: Reports));
        Assert.Contains("should allow only s3:GetObject on arn:aws:s3:::reports/*, but it allows this request, too", message, StringComparison.Ordinal);
        Assert.Contains("but it allows this request, too", Failing.Message(() => Allowing("s3:GetObject", "*").ShouldAllowOnly("s3:GetObject", on: Reports)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Grants_no_more_than_a_baseline()
    {
        Reader.ShouldGrantNoMoreThan(Allowing("s3:*", "*"));
        Reader.AsSeenBy(PolicyJson.Everything).ShouldGrantNoMoreThan(Allowing("s3:*", "*"));
        Assert.Contains("which the other does not", Failing.Message(() => Allowing("s3:*", "*").ShouldGrantNoMoreThan(Reader)), StringComparison.Ordinal);
    }

    [Fact]
    public void Is_equivalent()
    {
        Allowing("s3:GetObject", Reports, "s3:Get*").ShouldBeEquivalentTo(Allowing("s3:Get*", Reports));
        Assert.Contains("they differ on this request", Failing.Message(() => Reader.ShouldBeEquivalentTo(Allowing("s3:Get*", Reports))),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Is_not_public()
    {
        PolicySubject partner = Bucket("\"arn:aws:iam::444455556666:root\"");
        partner.ShouldNotBePublic();
        partner.ShouldNotBePublic(trusting: "444455556666");
        Assert.Contains("an outsider gets in", Failing.Message(() => partner.ShouldNotBePublic(trusting: "111122223333")), StringComparison.Ordinal);
        Assert.Contains("an outsider gets in", Failing.Message(() => Bucket("\"*\"").ShouldNotBePublic()), StringComparison.Ordinal);
        Assert.Contains("cannot be trusted", Failing.Source(() => partner.ShouldNotBePublic(trusting: "me")), StringComparison.Ordinal);
    }

    [Fact]
    public void Has_no_dead_statements() => Reader.ShouldHaveNoDeadStatements();

    [Fact]
    public void A_boundary_closes_a_way_to_more_access()
    {
        PolicySubject deploy = Allowing("iam:PutRolePolicy", "*");
        Assert.Contains("privilege escalation: iam:PutRolePolicy", Failing.Message(deploy.ShouldHaveNoPrivilegeEscalation), StringComparison.Ordinal);
        deploy.WithBoundary("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}""").ShouldHaveNoPrivilegeEscalation();
    }

    [Fact]
    public void Findings_count_from_a_severity_on_and_but_for_exceptions()
    {
        PolicySubject deploy = Allowing("iam:PutRolePolicy", "*");
        Assert.Contains("PSEC2003", Failing.Message(() => deploy.ShouldHaveNoFindings()), StringComparison.Ordinal);
        Reader.ShouldHaveNoFindings();
        Assert.Contains("there is no rule \"PSEC2O03\"; did you mean \"PSEC2003\"?", Failing.Source(() => deploy.ShouldHaveNoFindings(except: "PSEC2O03")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_claim_that_says_nothing_fails()
    {
        Assert.Contains("which holds but says nothing: the property names no action that AWS has",
            Failing.Message(() => Reader.ShouldNeverAllow("s4:GetObject")), StringComparison.Ordinal);
        PolicySubject nothing = Policies.Parse("""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalType":["User"]},"StringNotEquals":{"aws:PrincipalType":"User"}}}]}""", "nobody");
        Assert.Contains("says nothing", Failing.Message(() => nothing.ShouldNeverAllow("s3:PutObject")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_misspelled_action_is_not_claimed_about() =>
        Assert.Equal("the claim cannot be asked: \"s3:GetObjects\" is not an action of Amazon S3; did you mean \"s3:GetObject\"?", Failing.Source(() => Reader.ShouldNeverAllow("s3:GetObjects")));

    [Fact]
    public void A_condition_that_cannot_be_asked_is_named() =>
        Assert.Contains("the query cannot use", Failing.Source(() => Reader.ShouldNeverAllow("s3:*", when: r => r.Action.ToString() == "x")),
            StringComparison.Ordinal);

    [Fact]
    public void The_calls_are_the_same_claims()
    {
        PolicyAssert.NeverAllows(Reader, "s3:PutObject");
        PolicyAssert.AllowsOnly(Reader, "s3:GetObject", Reports);
        Assert.Contains("should never allow s3:Get* on any resource", Failing.Message(() => PolicyAssert.NeverAllows(Reader, "s3:Get*")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Scps_that_only_deny_stand_beside_full_access()
    {
        PolicySubject below = Allowing("*", "*").WithScp("Data/regions.scp.json");
        below.ShouldNeverAllow("account:EnableRegion");
        Assert.Contains("Let through by serviceControlPolicies", Failing.Message(() => below.ShouldNeverAllow("s3:GetObject")), StringComparison.Ordinal);
    }

    [Fact]
    public void Claims_in_parallel_are_the_same_claims() =>
        Parallel.For(0, 64, i =>
        {
            if (i % 2 == 0)
            {
                Reader.ShouldNeverAllow("s3:PutObject");
            }
            else
            {
                Assert.Throws<PolicyClaimException>(() => Reader.ShouldNeverAllow("s3:GetObject"));
            }
        });

    private static PolicySubject Allowing(string action, string resource, params string[] more) =>
        Policies.Parse($$$"""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["{{{string.Join("\",\"", more.Prepend(action))}}}"],"Resource":"{{{resource}}}"}}""", $"allow {action}");

    private static PolicySubject Bucket(string principal) =>
        Policies.Parse($$$"""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":{{{principal}}}},"Action":"s3:GetObject","Resource":"{{{Reports}}}"}}""", "bucket");
}
