using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Tests.Documents;

/// <summary>Privilege escalation paths that only the policies of one role, user or group open together.</summary>
public sealed class PoliciesTogetherTests
{
    private const string Run = """{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "lambda:*Function", "Resource": "*"}]}""",
        Pass = """{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["iam:GetRole", "iam:PassRole"], "Resource": "arn:aws:iam::111122223333:role/*"}]}""",
        PassToEc2 = """{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*", "Condition": {"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}}]}""",
        DenyPass = """{"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "iam:PassRole", "Resource": "*"}]}""";

    [Fact]
    public void Inline_policies_of_one_role_of_a_template() => Assert.Equal(
        ["/Resources/Deployer/Properties/Policies/0/PolicyDocument/Statement/0/Action"],
        Found(Template(Role("Deployer", Run, Pass))));

    [Theory]
    [InlineData("""{"Roles": [{"Ref": "Deployer"}], "PolicyDocument": DOCUMENT}""", "AWS::IAM::Policy")]
    [InlineData("""{"Roles": ["deployer"], "PolicyDocument": DOCUMENT}""", "AWS::IAM::ManagedPolicy")]
    [InlineData("""{"RoleName": {"Ref": "Deployer"}, "PolicyDocument": DOCUMENT}""", "AWS::IAM::RolePolicy")]
    public void A_policy_that_is_attached_to_a_role_of_the_template(string properties, string type) => Assert.Equal(
        ["/Resources/Run/Properties/PolicyDocument/Statement/0/Action"],
        Found(Template($$$"""{{{Role("Deployer", Pass)}}}, "Run": {"Type": "{{{type}}}", "Properties": {{{properties.Replace("DOCUMENT", Run, StringComparison.Ordinal)}}}}""")));

    [Fact]
    public void A_managed_policy_that_a_role_names_and_the_policies_of_a_users_group()
    {
        Assert.Single(Found(Template($$$"""
            "Run": {"Type": "AWS::IAM::ManagedPolicy", "Properties": {"PolicyDocument": {{{Run}}}}},
            "Deployer": {"Type": "AWS::IAM::Role", "Properties": {"ManagedPolicyArns": [{"Ref": "Run"}], "Policies": [{"PolicyName": "p", "PolicyDocument": {{{Pass}}}}]}}
            """)));
        Assert.Single(Found(Template($$$"""
            "Team": {"Type": "AWS::IAM::Group", "Properties": {"Policies": [{"PolicyName": "p", "PolicyDocument": {{{Run}}}}]}},
            "Kim": {"Type": "AWS::IAM::User", "Properties": {"Groups": [{"Ref": "Team"}], "Policies": [{"PolicyName": "p", "PolicyDocument": {{{Pass}}}}]}}
            """)));
    }

    [Theory]
    [InlineData("{\"Ref\": \"Team\"}", "{\"Ref\": \"Kim\"}", 1)]
    [InlineData("\"team\"", "\"kim\"", 1)]
    [InlineData("{\"Ref\": \"Team\"}", "{\"Ref\": \"Ann\"}", 0)]
    [InlineData("\"others\"", "{\"Ref\": \"Kim\"}", 0)]
    public void Policies_of_a_user_and_of_a_group_that_another_resource_puts_them_into(string group, string user, int found) =>
        Assert.Equal(found, Found(Template($$$"""
            "Team": {"Type": "AWS::IAM::Group", "Properties": {"GroupName": "team", "Policies": [{"PolicyName": "p", "PolicyDocument": {{{Run}}}}]}},
            "Kim": {"Type": "AWS::IAM::User", "Properties": {"UserName": "kim", "Policies": [{"PolicyName": "p", "PolicyDocument": {{{Pass}}}}]}},
            "Ann": {"Type": "AWS::IAM::User", "Properties": {"UserName": "ann"}},
            "Addition": {"Type": "AWS::IAM::UserToGroupAddition", "Properties": {"GroupName": {{{group}}}, "Users": [{{{user}}}]}}
            """)).Length);

    [Fact]
    public void What_different_roles_have_or_a_Deny_takes_back_opens_nothing()
    {
        Assert.Empty(Found(Template($"{Role("One", Run)}, {Role("Two", Pass)}")));
        Assert.Empty(Found(Template(Role("Deployer", Run, PassToEc2))));
        Assert.Empty(Found(Template(Role("Deployer", Run, Pass, DenyPass))));
    }

    [Fact]
    public void Policies_of_one_user_of_a_dump_those_of_AWS_and_of_groups_among_them()
    {
        Assert.Equal(["/UserDetailList/0/UserPolicyList/0/PolicyDocument/Statement/0/Action/1"], Found($$$"""
            {"UserDetailList": [{"UserName": "kim", "Arn": "arn:aws:iam::111122223333:user/kim", "GroupList": [], "UserPolicyList": [{"PolicyName": "p", "PolicyDocument": {{{Pass}}}}],
                "AttachedManagedPolicies": [{"PolicyName": "Functions", "PolicyArn": "arn:aws:iam::aws:policy/Functions"}]}],
             "GroupDetailList": [], "RoleDetailList": [],
             "Policies": [{"PolicyName": "Functions", "Arn": "arn:aws:iam::aws:policy/Functions", "PolicyVersionList": [{"IsDefaultVersion": true, "Document": {{{Run}}}}]}]}
            """));
        Assert.Equal(["/GroupDetailList/0/GroupPolicyList/0/PolicyDocument/Statement/0/Action"], Found($$$"""
            {"UserDetailList": [{"UserName": "kim", "Arn": "arn:aws:iam::111122223333:user/kim", "GroupList": ["team"], "AttachedManagedPolicies": [{"PolicyName": "Pass", "PolicyArn": "arn:aws:iam::111122223333:policy/Pass"}]}],
             "GroupDetailList": [{"GroupName": "team", "Arn": "arn:aws:iam::111122223333:group/team", "GroupPolicyList": [{"PolicyName": "p", "PolicyDocument": {{{Run}}}}], "AttachedManagedPolicies": []}],
             "RoleDetailList": [],
             "Policies": [{"PolicyName": "Pass", "Arn": "arn:aws:iam::111122223333:policy/Pass", "PolicyVersionList": [{"IsDefaultVersion": true, "Document": {{{Pass}}}}]}]}
            """));
    }

    private static string Role(string name, params string[] policies) =>
        $$$"""
        "{{{name}}}": {"Type": "AWS::IAM::Role", "Properties": {"RoleName": "{{{name.ToLowerInvariant()}}}", "Policies": [{{{string.Join(", ", policies.Select(policy => $$$"""{"PolicyName": "p", "PolicyDocument": {{{policy}}}}"""))}}}]}}
        """;

    private static string Template(string resources) => "{\"AWSTemplateFormatVersion\": \"2010-09-09\", \"Resources\": {" + resources + "}}";

    private static string[] Found(string document) =>
        [.. PolicyDocuments.In(JsonTreeReader.Read(new DocumentText(document)), null, new PolicyContext(PolicyType.Identity))
            .SelectMany(policy => policy.Check(TestContext.Current.CancellationToken))
            .Where(finding => finding.Rule.Id == "PSEC2003").Select(finding => finding.Pointer)];
}
