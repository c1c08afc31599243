using CsCheck;
using ProvableSec.Policy.Accounts;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Escalation;

namespace ProvableSec.Tool.Tests.Escalation;

/// <summary>
/// What is known of an action on any user or role spares most questions about each: of random accounts the same steps are found as by asking about each pair.
/// </summary>
public sealed class EscalationFinderTests
{
    private const string Account = "111122223333";

    private static readonly string[] Actions = ["iam:PassRole", "iam:Create*", "iam:CreateAccessKey", "iam:UpdateAssumeRolePolicy", "iam:*LoginProfile",
        "sts:AssumeRole", "sts:*", "lambda:*", "ec2:RunInstances", "iam:*", "iam:Put*Policy", "s3:*"];
    private static readonly string[] Resources =
    [
        "*", $"arn:aws:iam::{Account}:role/*", $"arn:aws:iam::{Account}:role/r0", $"arn:aws:iam::{Account}:role/${{aws:username}}",
            $"arn:aws:iam::{Account}:user/*1", $"arn:aws:iam::{Account}:user/u0", $"arn:aws:iam::{Account}:role/?2",
        "arn:aws:iam::444455556666:role/*",
    ];

    private static readonly string[] Conditions =
    [
        "", "", "", ""","Condition":{"StringEquals":{"iam:PassedToService":"lambda.amazonaws.com"}}""",
            ""","Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}}""",
        ""","Condition":{"StringEquals":{"aws:ResourceTag/team":"blue"}}""", ""","Condition":{"StringLike":{"aws:PrincipalArn":"*1"}}""",
            ""","Condition":{"ArnLike":{"iam:PolicyARN":"arn:aws:iam::aws:policy/Read*"}}""",
    ];

    private static readonly string[] Trusts =
    [
        $$"""{"AWS":"{{Account}}"}""", $$"""{"AWS":"arn:aws:iam::{{Account}}:root"}""", $$"""{"AWS":"arn:aws:iam::{{Account}}:user/u0"}""",
            $$"""{"AWS":["arn:aws:iam::{{Account}}:user/u1","{{Account}}"]}""",
        """{"Service":"lambda.amazonaws.com"}""", "\"*\"", """{"AWS":"444455556666"}""",
            $$"""{"AWS":"arn:aws:iam::{{Account}}:role/r1","Service":"ec2.amazonaws.com"}""",
    ];

    private static readonly Gen<string> Statement = Gen.Select(Gen.Frequency((4, Gen.Const("Allow")), (1, Gen.Const("Deny"))), OneOf(Actions), OneOf(Actions),
        OneOf("Resource", "Resource", "Resource", "NotResource"), OneOf(Resources), OneOf(Conditions))
        .Select(part => $$"""{"Effect":"{{part.Item1}}","Action":["{{part.Item2}}","{{part.Item3}}"],"{{part.Item4}}":"{{part.Item5}}"{{part.Item6}}}""");

    private static readonly Gen<string> Policy = Statement.Array[1, 4].Select(statements => $$$"""[{"PolicyName":"p","PolicyDocument":{"Version":"2012-10-17","Statement":[{{{string.Join(',', statements)}}}]}}]""");

    private static readonly Gen<string> Trust = Gen.Select(OneOf(Trusts), OneOf(Conditions))
        .Select(part => $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{{part.Item1}}{{part.Item2}}}]}""");

    private static readonly Gen<string> Dump = Gen.Select(Policy.Array[2, 3], Gen.Select(Policy, Trust).Array[2, 4]).Select(part =>
    {
        string[] users = [.. part.Item1.Select((policy, i) => $$"""{"UserName":"u{{i}}","Arn":"arn:aws:iam::{{Account}}:user/u{{i}}","UserPolicyList":{{policy}}}""")];
        string[] roles = [.. part.Item2.Select((role, i) => $$"""{"RoleName":"r{{i}}","Arn":"arn:aws:iam::{{Account}}:role/r{{i}}","RolePolicyList":{{role.Item1}},"AssumeRolePolicyDocument":{{role.Item2}}}""")];
        return $$"""{"UserDetailList":[{{string.Join(',', users)}}],"GroupDetailList":[],"RoleDetailList":[{{string.Join(',', roles)}}],"Policies":[],"IsTruncated":false}""";
    });

    [Fact]
    public void The_same_steps_are_found_as_by_asking_about_each_pair() => Dump.Each(60, text =>
    {
        AccountDump dump = AccountDumpReader.Read([new DocumentText(text)]);
        Assert.Empty(dump.Problems);
        EscalationGraph quick = EscalationFinder.Find(dump, OrganizationControls.None, _ => { }, budget: long.MaxValue);
        EscalationGraph each = EscalationFinder.Find(dump, OrganizationControls.None, _ => { }, budget: long.MaxValue, asksEach: true);
        Assert.Equal(Ways(each.Steps), Ways(quick.Steps));
        Assert.Equal(Ways(each.Open), Ways(quick.Open));
        Assert.Equal(each.Administrators.Order(), quick.Administrators.Order());
    });

    /// <summary>The request that shows a step must be about the one that it leads to.</summary>
    [Fact]
    public void A_step_is_shown_by_a_request_on_whom_it_leads_to() => Dump.Each(30, text =>
    {
        foreach (EscalationStep step in EscalationFinder.Find(AccountDumpReader.Read([new DocumentText(text)]), OrganizationControls.None, _ => { }).Steps)
        {
            Assert.Equal(step.To == EscalationGraph.Administrator ? step.From : step.To, step.Proofs[0].Request.Resource);
            Assert.Equal(step.From, step.Proofs[0].Request.Principal.Name);
        }
    });

    private static Gen<string> OneOf(params string[] values) => Gen.Int[0, values.Length - 1].Select(at => values[at]);

    private static string[] Ways(IEnumerable<EscalationStep> steps) =>
        [.. steps.Select(step => $"{step.From} {step.Way} {step.To}").Order(StringComparer.Ordinal)];

}
