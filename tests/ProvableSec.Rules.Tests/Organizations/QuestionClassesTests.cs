using System.Collections.Immutable;
using ProvableSec.Policy.Accounts;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning;
using ProvableSec.Reasoning.Access;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Rules.Organizations;

namespace ProvableSec.Rules.Tests.Organizations;

/// <summary>What is asked about once has the answer that each would have.</summary>
public sealed class QuestionClassesTests
{
    private static readonly string[] Actions = ["s3:*", "s3:Get*", "s3:GetObject", "iam:*", "iam:PassRole", "*", "ec2:RunInstances"];
    private static readonly string[] Accounts = ["111111111111", "222222222222", "333333333333"];

    private static readonly string[] Resources =
        ["*", "arn:aws:s3:::bucket/*", "arn:aws:iam::*:role/admin/*", "arn:aws:iam::111111111111:role/*", "arn:aws:iam::2*:role/admin/*",
            "arn:aws:s3:::${aws:PrincipalAccount}/*", "arn:aws:s3:::${aws:username}/*"];

    private static readonly string[] Conditions =
    [
        "", "", "", """,{"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/admin/*"}}""", """,{"StringEquals":{"aws:PrincipalAccount":"111111111111"}}""",
        """,{"StringLike":{"aws:PrincipalOrgPaths":"o-example/r-root/ou-a/*"}}""", """,{"StringNotEquals":{"aws:RequestedRegion":"eu-west-1"}}""",
            """,{"StringEquals":{"aws:ResourceAccount":"${aws:PrincipalAccount}"}}""",
        """,{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::222222222222:role/*"}}""", """,{"Bool":{"aws:MultiFactorAuthPresent":"false"}}""",
    ];

    [Fact]
    public void Equal_questions_have_equal_answers()
    {
        Random random = RandomRun.Random(20_261_201);
        int together = 0, holds = 0, violated = 0;
        for (int round = 0; round < 30; round++)
        {
            PolicyDocument[] identity = [.. Enumerable.Range(0, 3).Select(_ => Document(random, "Allow"))], scps =
                [.. Enumerable.Range(0, 3).Select(_ => Document(random, "Deny"))];
            PolicyDocument full = Read(PolicyJson.Everything);
            var organization =
                new Organization("o-example", null, Accounts.ToImmutableDictionary(account => account,
                account => $"o-example/r-root/{(account[0] == '1' ? "ou-a" : "ou-b")}/", StringComparer.Ordinal));
            var controls = new OrganizationControls(organization, ControlPolicies.None with
            {
                Targets = ImmutableDictionary<string, ImmutableArray<PolicyDocument>>.Empty.Add("r-root", [full, scps[0]]).Add("ou-a", [full, scps[1]])
                    .Add("222222222222", [full, scps[2]]),
            }, ControlPolicies.None);
            PolicyDocument forbidden = Document(random, "Allow");
            (Query Query, CallerPrincipal? Caller)[] questions =
            [
                .. Accounts.SelectMany(account => ((string[])["admin/Admin", "app", "other"])
                    .Select(name => Question(account, name, identity[random.Next(3)], controls, forbidden))),
            ];
            foreach (QuestionClass one in new QuestionClasses().Sort(questions))
            {
                Verdict first = Prover.Answer(one.Together).Verdict;
                if (!one.Apart.IsEmpty)
                {
                    together++;
                    Assert.Equal(one.Members.Order(), one.Apart.SelectMany(group => group).Order());
                    if (first == Verdict.Holds)
                    {
                        Assert.All(one.Members, member => Assert.Equal(Verdict.Holds, Prover.Answer(questions[member].Query).Verdict));
                        holds++;
                        continue;
                    }
                }

                foreach (ImmutableArray<int> group in one.Apart.IsEmpty ? [one.Members] : one.Apart)
                {
                    Verdict[] verdicts = [.. group.Select(member => Prover.Answer(questions[member].Query).Verdict).Distinct()];
                    Assert.Single(verdicts);
                    violated += verdicts[0] == Verdict.Violated ? 1 : 0;
                }
            }
        }

        Assert.True(together > 10 && holds > 2 && violated > 10, $"{together} {holds} {violated}");
    }

    [Theory]
    [InlineData("iam:CreateUser", "s3:*", "s3:GetObject", 1)]
    [InlineData("s3:GetObject", "s3:*", "s3:GetObject", 2)]
    [InlineData("s3:GetObject", "s3:PutObject", "s3:Delete*", 1)]
    public void What_cannot_match_what_is_asked_about_tells_no_stacks_apart(string asked, string one, string other, int classes)
    {
        static PolicyDocument Allow(string action) => Read($$"""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"{{action}}","Resource":"*"} }""");
        (Query, CallerPrincipal?)[] questions = [.. ((string[])[one, other])
            .Select(action => Question("111111111111", "app", Allow(action), OrganizationControls.None, Allow(asked)))];
        Assert.Equal(classes, new QuestionClasses().Sort(questions).Length);
    }

    [Fact]
    public void That_something_can_be_done_is_asked_of_each()
    {
        PolicyDocument allow = Read("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::${aws:PrincipalTag/team}/*"}}""");
        (Query, CallerPrincipal?)[] questions =
        [
            .. Accounts.Select(account => Question(account, "app", allow, OrganizationControls.None, allow))
                .Select(question => (question.Query with { Question = Reasoning.Questions.Question.Can, Property = null }, question.Caller)),
        ];
        ImmutableArray<QuestionClass> classes = new QuestionClasses().Sort(questions);
        Assert.Equal(3, classes.Length);
        Assert.All(classes, one => Assert.Empty(one.Apart));
    }

    private static (Query Query, CallerPrincipal? Caller) Question(string account, string name, PolicyDocument identity, OrganizationControls controls,
        PolicyDocument forbidden)
    {
        CallerPrincipal caller = CallerPrincipal.TryParse($"arn:aws:iam::{account}:role/{name}", null, out _)!;
        PolicyStack stack = AccessFinder.StackOf(new AccountPrincipal { Caller = caller, IdentityPolicies = [identity] }, controls);
        return (new Query
        {
            Question = Reasoning.Questions.Question.NotGranted,
            Subject = Subject.Of(stack),
            Property = forbidden,
            Request = new RequestPattern { Principal = FieldPattern.Literal(caller.Name), PrincipalType = caller.Kind },
            Explain = false,
        }, caller);
    }

    private static PolicyDocument Document(Random random, string effect)
    {
        IEnumerable<string> statements = Enumerable.Range(0, random.Next(1, 3)).Select(_ =>
        {
            string condition = Conditions[random.Next(Conditions.Length)];
            return $$"""{"Effect":"{{effect}}","Action":"{{Actions[random.Next(Actions.Length)]}}","Resource":"{{Resources[random.Next(Resources.Length)]}}"{{(condition.Length > 0 ? ",\"Condition\":" + condition[1..] : "")}} }""";
        });
        return Read(PolicyJson.Document(statements));
    }

    private static PolicyDocument Read(string text)
    {
        PolicyDocument document = PolicyReader.Read(new DocumentText(text));
        Assert.False(document.HasErrors, text);
        return document;
    }
}
