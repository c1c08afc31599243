using System.Text.Json;
using ProvableSec.Rules.Policies.Checks;

namespace ProvableSec.Tool.Tests.Check;

/// <summary>Policies inside other documents: where they are found, what they are taken for, and that findings point into the file.</summary>
public sealed class DocumentTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void A_template_in_JSON_says_what_each_policy_is()
    {
        Assert.Equal(
            [
                "3:81 PSEC2107 /Resources/Role/Properties/Policies/0/PolicyDocument/Statement/Resource",
                "4:144 PSEC2113 /Resources/Topic/Properties/PolicyDocument/Statement/Principal/Service",
                $"5:124 {RuleOf("SCP_SYNTAX_ERROR_PRINCIPAL")} /Resources/Scp/Properties/Content/Statement/Principal",
            ],
            Check("t.json", """
                {"Resources": {
                  "Role": {"Type": "AWS::IAM::Role", "Properties": {"Policies": [{"PolicyName": "a", "PolicyDocument": {"Version": "2012-10-17", "Statement": {"Effect": "Allow",
                    "Action": "iam:PassRole",                                       "Resource": "*"}}}]}},
                  "Topic": {"Type": "AWS::SNS::TopicPolicy", "Properties": {"PolicyDocument": {"Version": "2012-10-17", "Statement": {"Principal": {"Service": "s3.amazonaws.com"}, "Effect": "Allow", "Action": "sns:Publish", "Resource": {"Ref": "T"}}}}},
                  "Scp": {"Type": "AWS::Organizations::Policy", "Properties": {"Type": "SERVICE_CONTROL_POLICY", "Content": {"Statement": {"Principal": "*", "Effect": "Deny", "Action": "s3:*", "Resource": "*"}, "Version": "2012-10-17"}}}
                }}
                """));
    }

    [Fact]
    public void A_managed_policy_that_is_a_boundary_is_not_judged_as_if_it_granted()
    {
        const string Template = """
            Resources:
              Most:
                Type: AWS::IAM::ManagedPolicy
                Properties:
                  PolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: '*', Resource: '*'}]}
              Role:
                Type: AWS::IAM::Role
                Properties:
                  PermissionsBoundary: NAME
            """;
        Assert.Empty(Check("a.yaml", Template.Replace("NAME", "!Ref Most", StringComparison.Ordinal)));
        Assert.NotEmpty(Check("b.yaml", Template.Replace("NAME", "!Ref Other", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_a_template_leaves_open_is_not_judged()
    {
        string file = folder.Write("t.yaml", """
            Resources:
              P:
                Type: AWS::IAM::Policy
                Properties:
                  PolicyDocument:
                    Version: 2012-10-17
                    Statement:
                      - Effect: !Ref Effect
                        Action: !Ref Action
                        Resource: !Join ['', ['arn:', !Ref 'AWS::Partition', ':s3:::', !Ref Bucket, '/*']]
                      - Effect: Allow
                        Action: s3:GetObject
                        Resource: !Sub 'arn:aws:s3:::home/${!aws:username}/${Name}'
                      - {Effect: Allow, Action: '*', Resource: !GetAtt B.Arn}
                      - {Effect: Allow, Action: 'iam:PutRolePolicy', Resource: !Ref R}
                      - {Effect: Allow, Action: 'sqs:SendMessage', Resource: !Sub 'arn:aws:sqs:eu-west-1:${AWS::AccountId}:jobs'}
            """);
        ToolRun run = ToolRun.Command("check", file);
        Assert.Equal((0, ""), (run.ExitCode, run.Output));
        Assert.Contains("7 values known only at deployment, not checked", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_is_allowed_does_not_depend_on_a_resource_that_is_not_known()
    {
        const string Template = """
            Resources:
              P:
                Type: AWS::S3::BucketPolicy
                Properties:
                  PolicyDocument:
                    Version: '2012-10-17'
                    Statement: [{Effect: Allow, Principal: PRINCIPAL, Action: s3:GetObject, Resource: !GetAtt B.Arn}]
            """;
        Assert.Contains(Check("a.yaml", Template.Replace("PRINCIPAL", "'*'", StringComparison.Ordinal)),
            line => line.Contains("PSEC2001", StringComparison.Ordinal));
        Assert.Empty(Check("b.yaml", Template.Replace("PRINCIPAL", "{AWS: !Ref Account}", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("!Sub 'arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:jobs'")]
    [InlineData("!Sub 'arn:aws:sqs:us-east-1:${AWS::AccountId}:jobs'")]
    [InlineData("!Join [':', [arn, aws, sqs, !Ref AWS::Region, !Ref AWS::AccountId, jobs]]")]
    [InlineData("!Sub 'arn:aws:sqs:${Where}:${Whose}:*'")]
    [InlineData("!Sub '${Jobs.Arn}'")]
    [InlineData("!Sub '${Jobs.Arn}*'")]
    [InlineData("!Join ['', [!GetAtt Jobs.Arn, '*']]")]
    public void Neither_Region_nor_account_of_a_deployment_keeps_untrusted_callers_out(string resource) =>
        Assert.Equal(["PSEC2001"], Check("t.yaml", $$"""
            Resources:
              P:
                Type: AWS::SQS::QueuePolicy
                Properties:
                  PolicyDocument:
                    Version: "2012-10-17"
                    Statement: [{Effect: Allow, Principal: "*", Action: "sqs:SendMessage", Resource: {{resource}}}]
            """).Select(line => line.Split(' ')[1]).Intersect(["PSEC2001"]));

    [Theory]
    [InlineData("Principal: {AWS: !Sub 'arn:aws:iam::${AWS::AccountId}:root'}, Resource: '*'")]
    [InlineData("Principal: '*', Resource: '*', Condition: {StringEquals: {'aws:SourceAccount': !Ref AWS::AccountId}}")]
    [InlineData("Principal: '*', Resource: '*', Condition: {ArnEquals: {'aws:SourceArn': !Sub 'arn:aws:sns:${AWS::Region}:${AWS::AccountId}:topic'}}")]
    [InlineData("Principal: '*', Resource: '*', Condition: {ArnLike: {'aws:SourceArn': !Sub 'arn:aws:sns:eu-west-1:${AWS::AccountId}:*'}}")]
    [InlineData("Principal: '*', Resource: '*', Condition: {ArnLike: {'aws:PrincipalArn': !Sub 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/*'}}")]
    public void A_principal_in_the_deployments_account_is_trusted(string who)
    {
        foreach (string[] options in (string[][])[[], ["--trusted-account", "444455556666"]])
        {
            Assert.DoesNotContain("PSEC2001", ToolRun.Command(["check", folder.Write("t.yaml", $$"""
            Resources:
              P:
                Type: AWS::SQS::QueuePolicy
                Properties:
                  PolicyDocument:
                    Version: "2012-10-17"
                    Statement: [{Effect: Allow, Action: "sqs:SendMessage", {{who}}}]
            """), .. options]).Output, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Condition: {Bool: {'aws:SecureTransport': 'false'}}", true)]
    [InlineData("Condition: {StringNotEquals: {'aws:PrincipalOrgID': o-aaaaaaaaaa}}", false)]
    public void A_Deny_on_an_unknown_resource_is_taken_at_its_widest(string condition, bool isOpen) =>
        Assert.Equal(isOpen ? ["PSEC2001"] : [], Check("t.yaml", $$"""
            Resources:
              P:
                Type: AWS::S3::BucketPolicy
                Properties:
                  Bucket: !Ref Site
                  PolicyDocument:
                    Version: "2012-10-17"
                    Statement:
                      - {Effect: Allow, Principal: "*", Action: "s3:GetObject", Resource: !Sub "${Site.Arn}/*"}
                      - {Effect: Deny, Principal: "*", Action: "s3:*", Resource: [!GetAtt Site.Arn, !Sub "${Site.Arn}/*"], {{condition}}}
            """).Select(line => line.Split(' ')[1]).Intersect(["PSEC2001"]));

    [Fact]
    public void Ways_to_more_access_are_found_below_the_deployments_account() =>
        Assert.Contains("PSEC2003", Check("t.yaml", """
            Resources:
              P:
                Type: AWS::IAM::ManagedPolicy
                Properties:
                  PolicyDocument:
                    Version: "2012-10-17"
                    Statement:
                      - {Effect: Allow, Action: "iam:PassRole", Resource: !Sub "arn:aws:iam::${AWS::AccountId}:role/*"}
                      - {Effect: Allow, Action: "lambda:*", Resource: !Sub "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:*"}
            """).Select(line => line.Split(' ')[1]));

    [Fact]
    public void A_Deny_does_not_excuse_a_role_for_any_service_that_is_allowed_on_unknown_roles() =>
        Assert.Contains("PSEC2107", Check("t.yaml", """
            Resources:
              P:
                Type: AWS::IAM::ManagedPolicy
                Properties:
                  PolicyDocument:
                    Version: "2012-10-17"
                    Statement:
                      - {Effect: Allow, Action: "iam:PassRole", Resource: ["*", !Ref Other]}
                      - {Effect: Deny, Action: "s3:DeleteBucket", Resource: "*"}
            """).Select(line => line.Split(' ')[1]));

    [Fact]
    public void Each_branch_of_a_condition_is_judged_and_named()
    {
        string[] found = Check("t.yaml", """
            Conditions: {Open: !Equals [!Ref Stage, open], Big: !Equals [!Ref Size, big]}
            Resources:
              P:
                Type: AWS::IAM::Policy
                Properties:
                  PolicyDocument:
                    Version: '2012-10-17'
                    Statement:
                      - !If
                        - Open
                        - Effect: Allow
                          Action: iam:PassRole
                          Resource: '*'
                        - !Ref AWS::NoValue
                      - Effect: Allow
                        Action: ['sqs:SendMessage', !If [Big, 'iam:DeleteRolePolicy', !Ref 'AWS::NoValue']]
                        Resource: '*'
                        Condition: !If [Open, !Ref 'AWS::NoValue', {StringEquals: {'aws:ResourceAccount': '111122223333'}}]
                      - {Effect: Allow, Action: 'iam:CreateServiceLinkedRole', Resource: '*'}
            """);
        Assert.Contains(found, line => line.StartsWith("13:", StringComparison.Ordinal) && line.Contains(" PSEC2107 ", StringComparison.Ordinal));
        string text = ToolRun.Command("check", folder["t.yaml"]).Output;
        Assert.Matches("PSEC2107: .* \\(where Open\\)", text);
        Assert.Matches("PSEC2007: iam:DeleteRolePolicy .* \\(where Open and Big\\)", text);
        // What holds either way names no branch.
        Assert.DoesNotMatch("CreateServiceLinkedRole.*\\(where", text);
        Assert.Contains("CreateServiceLinkedRole", text, StringComparison.Ordinal);
        Assert.DoesNotContain("not Open", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Properties_and_lists_may_be_conditional_too() =>
        Assert.Equal(2, Check("t.yaml", """
            Resources:
              R:
                Type: AWS::IAM::Role
                Properties:
                  AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: 'sts:AssumeRole'}]}
                  Policies: !If
                    - A
                    - - PolicyName: a
                        PolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: '*', Resource: '*'}]}
                      - !If [B, {PolicyName: b, PolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: '*', Resource: '*'}]}}, !Ref 'AWS::NoValue']
                    - !Ref AWS::NoValue
            """).Count(line => line.Contains(" PSEC2002 ", StringComparison.Ordinal)));

    [Fact]
    public void Many_conditions_are_judged_in_the_end()
    {
        string statements = string.Concat(Enumerable.Range(0, 9).Select(i => $"          - !If [C{i}, {{Effect: Allow, Action: 'iam:PassRole', Resource: '*'}}, {{Effect: Allow, Action: 's3:GetObject', Resource: 'arn:aws:s3:::b{i}/*'}}]\n"));
        Assert.Equal(9, Check("t.yaml", $"""
            Resources:
              P:
                Type: AWS::IAM::ManagedPolicy
                Properties:
                  PolicyDocument:
                    Version: '2012-10-17'
                    Statement:
            {statements}
            """).Count(line => line.Contains(" PSEC2107 ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("arn:${AWS::Partition}:s3:::b/*", true)]
    [InlineData("arn:aws:s3:::${Bucket}/*", true)]
    [InlineData("arn:aws:s3:::b/${!aws:username}/*", true)]
    public void A_policy_may_be_a_text_that_Sub_completes(string resource, bool isFound) =>
        Assert.Equal(isFound, Check("t.yaml", $$"""
            Resources:
              P:
                Type: AWS::S3::BucketPolicy
                Properties:
                  Bucket: b
                  PolicyDocument: !Sub |
                    {"Version": "2012-10-17",
                     "Statement": [{"Effect": "Allow", "Principal": "*",
                       "Action": "s3:GetObject", "Resource": "{{resource}}"}]}
            """).Any(line => line.StartsWith("6:", StringComparison.Ordinal) && line.Contains(" PSEC2001 ", StringComparison.Ordinal)));

    [Theory]
    [InlineData("{'Ref': Policy}")]
    [InlineData("!ImportValue policy")]
    [InlineData("""!Sub '{"Version": "2012-10-17", "Statement": ${Statements}}'""")]
    public void A_policy_that_the_deployment_gives_is_counted(string value)
    {
        ToolRun run = ToolRun.Command("check", folder.Write("t.yaml", $$"""
            Resources:
              P:
                Type: AWS::SQS::QueuePolicy
                Properties:
                  PolicyDocument: {{value}}
            """));
        Assert.Equal((0, ""), (run.ExitCode, run.Output));
        Assert.Contains("1 policy known only at deployment, not checked: P (AWS::SQS::QueuePolicy)", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Resolved_functions_are_judged_where_they_stand() =>
        Assert.Equal(["7:31 MISSING_ARN_REGION"], Codes("t.yaml", """
            Resources:
              P:
                Type: AWS::IAM::Policy
                Properties:
                  PolicyDocument:
                    Version: 2012-10-17
                    Statement: {Resource: !Sub 'arn:aws:sqs::${AWS::AccountId}:jobs', Effect: Allow, Action: sqs:SendMessage}
            """));

    [Fact]
    public void Anchors_of_YAML_stand_for_their_value()
    {
        string[] found = Check("t.yaml", """
            Resources:
              A:
                Type: AWS::SQS::QueuePolicy
                Properties:
                  PolicyDocument: &open
                    Version: '2012-10-17'
                    Statement: [{Effect: Allow, Principal: {Service: sns.amazonaws.com}, Action: sqs:SendMessage, Resource: '*'}]
              B:
                Type: AWS::SQS::QueuePolicy
                Properties: {PolicyDocument: *open}
            """);
        Assert.Equal(["/Resources/A", "/Resources/B"], found.Select(line => line.Split(' ')[2][..12]));
        Assert.Single(found.Select(line => line.Split(' ')[0]).Distinct());
    }

    [Theory]
    [InlineData("!Sub ['arn:aws:s3:::${Name}', {Name: reports/x}]", "arn:aws:s3:::reports/x")]
    [InlineData("!Sub ['arn:aws:s3:::${Name}', {Name: !Ref Other}]", "arn:aws:s3:::…")]
    [InlineData("!Sub '${Bucket.Arn}/x'", "arn:…:s3:::site/x")]
    [InlineData("!Sub 'arn:aws:s3:::${Bucket}/x'", "arn:aws:s3:::site/x")]
    [InlineData("!GetAtt Bucket.Arn", "arn:…:s3:::site")]
    [InlineData("!Join ['', [!GetAtt [Bucket, Arn], /x]]", "arn:…:s3:::site/x")]
    [InlineData("!Ref Other", null)]
    [InlineData("!GetAtt Other.Arn", "arn:…:s3:::…")]
    [InlineData("!GetAtt Other.DomainName", null)]
    public void What_a_template_writes_down_is_resolved(string resource, string? becomes)
    {
        string file = folder.Write("t.yaml", $$$"""
            Resources:
              Bucket: {Type: AWS::S3::Bucket, Properties: {BucketName: site}}
              Other: {Type: AWS::S3::Bucket}
              P:
                Type: AWS::IAM::Policy
                Properties:
                  PolicyName: p
                  PolicyDocument:
                    Version: "2012-10-17"
                    Statement:
                      - Effect: Allow
                        Action: s3:NoSuchThing
                        Resource: {{{resource}}}
            """);
        var policy = ProvableSec.Tool.Checking.CheckedFile.Unchecked(new ProvableSec.Policy.Text.DocumentText(File.ReadAllText(file), "t.yaml"),
            new ProvableSec.Tool.Check.CheckRequest { Paths = [] }).Policies.Single();
        using JsonDocument json = JsonDocument.Parse(policy.Text.Text);
        // Marks of unknown text and of unknown names are from the private use area.
        Assert.Equal(becomes ?? "…", System.Text.RegularExpressions.Regex
            .Replace(json.RootElement.GetProperty("Statement")[0].GetProperty("Resource").GetString()!, @"\p{Co}", "…"));
    }

    [Fact]
    public void Anchors_that_grow_without_end_are_refused()
    {
        string text = "a0: &a0 [x, x]\n" + string.Concat(Enumerable.Range(1, 40).Select(i => $"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n")) + "Resources: 1\n";
        ToolRun run = ToolRun.Command("check", folder.Write("t.yaml", text));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("the YAML has more than 524288 values", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_account_dump_is_checked_but_for_what_AWS_owns_and_old_versions() =>
        Assert.Equal(
            ["PSEC2107 /Policies/1/PolicyVersionList/1/Document/Statement/Resource", "PSEC2208 /UserDetailList/0/UserPolicyList/0",
                "PSEC2009 /UserDetailList/0/UserPolicyList/0/PolicyDocument/Statement/Effect", "PSEC2107 /UserDetailList/0/UserPolicyList/0/PolicyDocument"],
            Check("dump.json", """
                {"Policies": [
                  {"Arn": "arn:aws:iam::aws:policy/X", "PolicyVersionList": [{"IsDefaultVersion": true, "Document": {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"}}}]},
                  {"Arn": "arn:aws:iam::111122223333:policy/Y", "PolicyVersionList": [
                    {"IsDefaultVersion": false, "Document": {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"}}},
                    {"IsDefaultVersion": true, "Document": {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"}}}]}],
                 "UserDetailList": [{"Arn": "arn:aws:iam::111122223333:user/a", "UserPolicyList": [{"PolicyName": "p",
                   "PolicyDocument": "%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%7B%22Effect%22%3A%22Allow%22%2C%22Action%22%3A%22iam%3APassRole%22%2C%22Resource%22%3A%22%2A%22%7D%7D"}]}]}
                """).Select(line => line.Split(' ', 2)[1].Replace("PolicyDocument/Statement/Resource", "PolicyDocument", StringComparison.Ordinal)));

    [Fact]
    public void A_Terraform_plan_is_checked_with_its_modules()
    {
        const string Escaped = """{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"iam:PassRole\",\"Resource\":\"*\"}}""";
        string[] found = Check("plan.json", """
            {"format_version": "1.2", "planned_values": {"root_module": {
              "resources": [{"address": "aws_iam_policy.a", "type": "aws_iam_policy", "values": {"policy": "ESCAPED"}}, {"address": "aws_iam_policy.later", "type": "aws_iam_policy", "values": {}}],
              "child_modules": [{"resources": [{"address": "module.m.aws_iam_role_policy.b", "type": "aws_iam_role_policy", "values": {"policy": "ESCAPED"}}]}]}}}
            """.Replace("ESCAPED", Escaped, StringComparison.Ordinal));
        Assert.Equal(
            ["PSEC2107 /planned_values/root_module/resources/0/values/policy/Statement/Resource",
                "PSEC2107 /planned_values/root_module/child_modules/0/resources/0/values/policy/Statement/Resource"],
            found.Select(line => line.Split(' ', 2)[1]));
        // The star with its escaped quotes.
        string line = File.ReadAllLines(folder["plan.json"])[1];
        Assert.Equal($"2:{line.IndexOf("\\\"*", StringComparison.Ordinal) + 1}", found[0].Split(' ')[0]);
    }

    public void Dispose() => folder.Dispose();

    private static string RuleOf(string code) => PolicyChecks.Rules.Single(rule => rule.AccessAnalyzer == code).Id;

    private JsonElement[] Run(string name, string text) =>
        [.. JsonDocument.Parse(ToolRun.Command("check", folder.Write(name, text), "--format", "json").Output).RootElement.EnumerateArray()];

    private string[] Check(string name, string text) => [.. Run(name, text)
        .Select(f => $"{f.GetProperty("line")}:{f.GetProperty("column")} {f.GetProperty("rule")} {f.GetProperty("pointer")}")];

    private string[] Codes(string name, string text) => [.. Run(name, text).Where(f => f.GetProperty("accessAnalyzer").ValueKind == JsonValueKind.String)
        .Select(f => $"{f.GetProperty("line")}:{f.GetProperty("column")} {f.GetProperty("accessAnalyzer")}")];
}
