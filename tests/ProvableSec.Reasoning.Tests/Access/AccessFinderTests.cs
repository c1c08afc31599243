using System.Collections.Immutable;
using ProvableSec.Policy.Accounts;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Access;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Tests.Proving;

namespace ProvableSec.Reasoning.Tests.Access;

public sealed class AccessFinderTests
{
    private const string Trust = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}}""";

    [Fact]
    public void Principals_with_the_same_access_are_one_line()
    {
        string read = Document(Ask.Allow(action: "s3:Get*", resource: "arn:aws:s3:::b/*"));
        AccessAnswer answer = WhoCan(new Dump().User("a", read).User("c").Role("r", Trust, read, Document(Ask.Allow(action: "ec2:*"))), "s3:GetObject",
            "arn:aws:s3:::b/*");
        Assert.Equal(["role/r user/a: s3:GetObject on arn:aws:s3:::b/*"], Told(answer));
        Assert.Equal((3, 3), (answer.Asked, answer.Stacks));
    }

    [Fact]
    public void Conditions_are_in_the_policies_own_words_and_a_Deny_is_an_exception()
    {
        string policy = Document(
            Ask.Allow(Ask.If("StringEquals", "aws:RequestTag/team", "x"), "ec2:RunInstances"),
            Ask.Deny(Ask.If("StringNotEquals", "aws:RequestedRegion", "eu-west-1")));
        AccessAnswer answer = WhoCan(new Dump().User("a", policy), "ec2:RunInstances", null);
        Assert.Equal(["user/a: ec2:RunInstances on * if StringEquals aws:RequestTag/team [x] except * on * if StringNotEquals aws:RequestedRegion [eu-west-1]"], Told(answer));
    }

    [Fact]
    public void A_Deny_that_never_fires_for_the_caller_is_not_shown_and_one_that_always_does_leaves_no_line()
    {
        string policy = Document(
            Ask.Allow(action: "s3:*"),
            Ask.Deny(Ask.If("ArnNotLike", "aws:PrincipalArn", "arn:aws:iam::111122223333:user/a"), "s3:DeleteBucket"));
        AccessAnswer answer = WhoCan(new Dump().User("a", policy).User("b", policy), "s3:DeleteBucket", null);
        Assert.Equal(["user/a: s3:DeleteBucket on *"], Told(answer));
    }

    [Fact]
    public void Boundary_groups_and_attached_policies_count()
    {
        Dump dump = new Dump()
            .Group("g", Document(Ask.Allow(action: "s3:*")))
            .Managed("arn:aws:iam::aws:policy/Queue", Document(Ask.Allow(action: "sqs:*")))
            .Managed("arn:aws:iam::111122223333:policy/bound", Document(Ask.Allow(action: "s3:Get*"), Ask.Allow(action: "sqs:SendMessage")))
            .User("a", Dump.Attached(["arn:aws:iam::aws:policy/Queue"], "arn:aws:iam::111122223333:policy/bound"), ["g"]);
        Assert.Equal(["user/a: s3:Get*, sqs:SendMessage on *"], Told(WhoCan(dump, "*", null), free: false));
    }

    [Fact]
    public void What_the_scps_of_the_account_do_not_allow_is_in_no_line_but_the_management_account_is_not_bound()
    {
        OrganizationControls controls = Controls($$$"""
            {"organization":{"id":"o-a","managementAccount":"999999999999","accounts":{"111122223333":"o-a/r-a/ou-a/","999999999999":"o-a/r-a/"} },
             "serviceControlPolicies":{"ou-a":[{{{Document(Ask.Allow(action: "s3:Get*"))}}}]}}
            """);
        string all = Document(Ask.Allow(action: "s3:*"));
        AccountDump dump =
            AccountDumpReader.Read([new DocumentText(new Dump().User("a", all).Json), new DocumentText(new Dump("999999999999").User("m", all).Json)]);
        Assert.Equal(
            ["user/a: s3:Get* on *", "user/m: s3:* on *"],
            Told(AccessFinder.Answer(new AccessQuestion { Dump = dump, Controls = controls, Actions = ImmutableArray.Create("s3:*") })));
    }

    [Fact]
    public void NotAction_is_everything_with_an_exception_and_proved_to_be_all()
    {
        AccessAnswer answer =
            WhoCan(new Dump().User("a", Document("""{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}""", Ask.Allow(action: "iam:Get*"))), "*", null);
        Assert.Contains("user/a: iam:Get* on *", Told(answer));
        Assert.Contains(Told(answer), l => l.StartsWith("user/a: * on * except", StringComparison.Ordinal)
            && l.Contains("iam:* on *", StringComparison.Ordinal));
    }

    [Fact]
    public void A_role_is_assumed_by_whom_its_trust_policy_and_their_own_policies_let()
    {
        string delegates = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"sts:AssumeRole"}}""";
        string names = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:user/named"},"Action":"sts:AssumeRole","Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}}}}""";
        Dump dump = new Dump().User("with", Document(Ask.Allow(action: "sts:*"))).User("without").User("named").Role("d", delegates).Role("n", names)
            .Role("s", Trust);
        AccessAnswer answer = WhoCan(dump, "sts:AssumeRole", "arn:aws:iam::111122223333:role/*");
        Assert.Equal(
            [
                "ec2.amazonaws.com: sts:AssumeRole on arn:aws:iam::111122223333:role/s",
                "user/named: sts:AssumeRole on arn:aws:iam::111122223333:role/n if Bool aws:MultiFactorAuthPresent [true]",
                "user/with: sts:AssumeRole on arn:aws:iam::111122223333:role/d",
            ],
            Told(answer));
    }

    [Fact]
    public void What_can_says_which_roles_somebody_can_assume()
    {
        string delegates = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"sts:AssumeRole"}}""";
        Dump dump = new Dump().User("a", Document(Ask.Allow(action: "sts:AssumeRole", resource: "arn:aws:iam::111122223333:role/d"))).Role("d", delegates)
            .Role("e", delegates);
        AccessAnswer answer = AccessFinder.Answer(new AccessQuestion { Dump = dump.Read(), Principal = "arn:aws:iam::111122223333:user/a" });
        Assert.Contains("user/a: sts:AssumeRole on arn:aws:iam::111122223333:role/d", Told(answer));
        Assert.DoesNotContain(Told(answer), l => l.Contains("role/e", StringComparison.Ordinal));
    }

    [Fact]
    public void Trust_in_an_account_that_the_dump_does_not_have_is_undecided()
    {
        string abroad = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::999999999999:root"},"Action":"sts:AssumeRole"}}""";
        AccessAnswer answer = WhoCan(new Dump().Role("r", abroad), "sts:AssumeRole", null);
        UndecidedAccess undecided = Assert.Single(answer.Undecided);
        Assert.Equal(["arn:aws:iam::999999999999:root"], undecided.Principals);
        Assert.Contains("its policies are not in the dump", undecided.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"AWS":"*"}""", false)]
    [InlineData("\"*\"", false)]
    [InlineData("""{"AWS":"arn:aws:iam::999999999999:user/x"}""", true)]
    public void A_role_that_trusts_more_than_the_dump_has_is_undecided(string principal, bool isNot)
    {
        string trust = $$$"""{"Version":"2012-10-17","Statement":{"Effect":"Allow","{{{(isNot ? "NotPrincipal" : "Principal")}}}":{{{principal}}},"Action":"sts:AssumeRole"} }""";
        Assert.Contains(WhoCan(new Dump().Role("r", trust), "sts:AssumeRole", null).Undecided, u => u.Principals.Contains("*"));
    }

    [Theory]
    [InlineData("arn:aws:sqs:*:1111*:q")]
    [InlineData("arn:aws:sqs*1111*q")]
    public void Equal_policies_are_not_equal_access_where_the_question_or_a_policy_names_accounts(string resource)
    {
        string policy = Document(Ask.Allow(action: "sqs:SendMessage"));
        string limited = Document(Ask.Allow(action: "sqs:SendMessage", resource: resource));
        AccountDump dump =
            AccountDumpReader.Read([new DocumentText(new Dump().User("a", policy).User("c", limited).Json),
            new DocumentText(new Dump("222233334444").User("b", policy).User("d", limited).Json)]);
        AccessAnswer answer = AccessFinder.Answer(new AccessQuestion { Dump = dump, Actions = ImmutableArray.Create("sqs:SendMessage"), Resource = resource });
        Assert.Equal(4, answer.Stacks);
    }

    [Fact]
    public void A_users_tags_are_known_and_a_role_session_may_override_its_own()
    {
        string policy = Document(Ask.Allow(Ask.If("StringEquals", "aws:PrincipalTag/team", "x"), "s3:GetObject"));
        System.Text.Json.Nodes.JsonObject Tags(string value) =>
            new() { ["Tags"] = new System.Text.Json.Nodes.JsonArray(new System.Text.Json.Nodes.JsonObject { ["Key"] = "team", ["Value"] = value }) };
        AccessAnswer answer = WhoCan(new Dump().User("x", Tags("x"), [], policy).User("y", Tags("y"), [], policy).Role("r", Trust, Tags("y"), policy),
            "s3:GetObject", null);
        Assert.Equal(["role/r user/x: s3:GetObject on * if StringEquals aws:PrincipalTag/team [x]"], Told(answer));
    }

    [Fact]
    public void Key_policies_are_not_in_a_dump_so_calls_on_keys_are_undecided()
    {
        AccessAnswer answer = WhoCan(new Dump().User("a", Document(Ask.Allow(action: "kms:*"))), "kms:Decrypt", "arn:aws:kms:eu-west-1:111122223333:key/*");
        Assert.Empty(answer.Lines);
        Assert.Contains("key's policy", Assert.Single(answer.Undecided).Reason, StringComparison.Ordinal);
    }

    internal static AccessAnswer WhoCan(Dump dump, string action, string? resource)
    {
        AccessAnswer answer = AccessFinder.Answer(new AccessQuestion { Dump = dump.Read(), Actions = ImmutableArray.Create(action), Resource = resource });
        foreach (Query proof in answer.Lines.SelectMany(l => l.Proofs).Concat(answer.Undecided.IsEmpty ? answer.Outside : []))
        {
            Answer proved = Prover.Answer(proof);
            Assert.Equal(Verdict.Holds, proved.Verdict);
            Assert.Null(Agreement.Disagreement(proof, proved, 100, RandomRun.Random(1)));
        }

        return answer;
    }

    private static OrganizationControls Controls(string json)
    {
        var problems = new CaseProblems();
        OrganizationControls controls = OrganizationControlsReader.Read(JsonTreeReader.Read(new DocumentText(json)), new PolicyLoader(), problems);
        Assert.Equal([], problems.ToImmutable().Select(p => p.ToString()));
        return controls;
    }

    private static string[] Told(AccessAnswer answer, bool free = false) =>
        [.. answer.Lines.Select(LineText.Of).Where(l => free || !l.Contains("GetCallerIdentity", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
}
