using ProvableSec.Tool.Tests.Verify;

namespace ProvableSec.Tool.Tests.Configurations;

/// <summary>Sets over the roles, users and resources of templates and plans: what these leave open never makes a proof.</summary>
public sealed class DeployedSetTests : IDisposable
{
    private const string Trust = """ "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "lambda.amazonaws.com"}}]} """;

    private readonly VerifyFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_role_of_a_template_with_a_bad_policy_is_refuted_with_file_logical_id_and_line()
    {
        folder.Write("app.template.json", Template(Role("AppRole", """
            "Policies": [{"PolicyName": "p", "PolicyDocument": {"Version": "2012-10-17", "Statement": [
                {"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}]}}]
            """) + "," + Role("Other", """ "Policies": [] """)));
        ToolRun run = Verify("role");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("(stack deployed/app.template.json#AppRole)", run.Output, StringComparison.Ordinal);
        Assert.Contains("ec2:StopInstances", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"Allowed by \S*app\.template\.json:\d+ · statement 0", run.Output);
        Assert.Contains("2 pairs of stack and property", run.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_role_with_a_good_policy_holds()
    {
        folder.Write("app.template.json", Template(Role("AppRole", Inline("s3:GetObject"))));
        ToolRun run = Verify("role");
        Assert.Equal("", run.Error);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("✓ stop", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_imported_policy_makes_the_proof_unknown_and_names_it()
    {
        folder.Write("app.template.json", Template(Role("AppRole", """ "ManagedPolicyArns": ["arn:aws:iam::aws:policy/ReadOnlyAccess"] """)));
        ToolRun run = Verify("role");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("unknown", run.Output, StringComparison.Ordinal);
        string words = Flat(run.Output);
        Assert.Contains("the managed policy ReadOnlyAccess (", words, StringComparison.Ordinal);
        Assert.Contains("is not in the template, so that what it grants is not known; give it in \"managedPolicies\" of \"deployed\"", words, StringComparison.Ordinal);
        Assert.Equal(0, Verify("role", """ "managedPolicies": {"ReadOnlyAccess": {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*:Describe*", "Resource": "*"}}}, """).ExitCode);
        Assert.Equal(1, Verify("role", """ "managedPolicies": {"arn:aws:iam::aws:policy/ReadOnlyAccess": "policies/roles/app.json"}, """).ExitCode);
    }

    [Fact]
    public void An_imported_boundary_may_save_what_is_refuted()
    {
        folder.Write("app.template.json",
            Template(Role("AppRole", Inline("ec2:*") + """, "PermissionsBoundary": "arn:aws:iam::111122223333:policy/limits" """)));
        ToolRun run = Verify("role");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("what is known lets a request through (ec2:StopInstances on ", Flat(run.Output), StringComparison.Ordinal);
        Assert.Contains("and what is not known may block it: the permissions boundary arn:aws:iam::111122223333:policy/limits (", Flat(run.Output), StringComparison.Ordinal);
        Assert.Equal(1, Verify("role", """ "permissionsBoundary": "policies/scp/full.json", """).ExitCode);

        // What only takes away does not keep a proof from holding.
        folder.Write("app.template.json",
            Template(Role("AppRole", Inline("s3:GetObject") + """, "PermissionsBoundary": "arn:aws:iam::111122223333:policy/limits" """)));
        Assert.Equal(0, Verify("role").ExitCode);
    }

    [Fact]
    public void What_depends_on_a_parameter_is_unknown_until_it_is_given()
    {
        folder.Write("app.template.yaml", """
            Parameters:
              Action: {Type: String}
            Resources:
              AppRole:
                Type: AWS::IAM::Role
                Properties:
                  AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: []}
                  Policies:
                    - PolicyName: p
                      PolicyDocument:
                        Version: '2012-10-17'
                        Statement:
                          - Effect: Allow
                            Action: !Ref Action
                            Resource: '*'
            """);
        ToolRun run = Verify("role", files: "*.yaml");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("it depends on what is known only at deployment: Action (", Flat(run.Output), StringComparison.Ordinal);
        Assert.Contains("app.template.yaml:14); give it in \"parameters\" of \"deployed\"", Flat(run.Output), StringComparison.Ordinal);
        Assert.Equal(0, Verify("role", """ "parameters": {"Action": "s3:GetObject"}, """, "*.yaml").ExitCode);
        ToolRun bad = Verify("role", """ "parameters": {"Action": "ec2:*"}, """, "*.yaml");
        Assert.Equal(1, bad.ExitCode);
        Assert.Matches(@"Allowed by \S*app\.template\.yaml:1\d ", bad.Output);
    }

    [Fact]
    public void Each_deployment_is_a_stack_that_patterns_mean_by_the_role()
    {
        folder.Write("app.template.json", $$"""
            {"Conditions": {"IsProduction": {"Fn::Equals": [{"Ref": "AWS::Region"}, "eu-west-1"]} },
             "Resources": {"AppRole": {"Type": "AWS::IAM::Role", "Properties": { {{Trust}}, "Policies": [
               {"PolicyName": "q", "PolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]} },
               {"Fn::If": ["IsProduction", {"Ref": "AWS::NoValue"}, {"PolicyName": "p", "PolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}]} }]}]} } } }
            """);
        ToolRun run = Verify("role");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("(stack deployed/app.template.json#AppRole where not IsProduction)", Flat(run.Output), StringComparison.Ordinal);
        Assert.Contains("2 pairs of stack and property", run.Lines[^1], StringComparison.Ordinal);
        Assert.Equal(0, Verify("role", """ "conditions": {"IsProduction": true}, """).ExitCode);
        Assert.Equal(0, Verify("role", """ "region": "eu-west-1", """).ExitCode);
        Assert.Equal(1, Verify("role", """ "region": "eu-central-1", """).ExitCode);
        ToolRun none = Verify("role", """ "except": "*#AppRole", """);
        Assert.Equal(2, none.ExitCode);
        Assert.Contains("no role is left in the files of \"deployed\"", none.Error, StringComparison.Ordinal);
        Assert.Equal(0, Verify("role", property: """, "waivers": [{"stack": "*#AppRole", "reason": "later", "until": "2999-01-31"}] """).ExitCode);
    }

    [Fact]
    public void A_claim_that_something_is_allowed_is_asked_of_the_least()
    {
        folder.Write("app.template.json", Template(Role("AppRole", Inline("ec2:StopInstances", """{"Fn::GetAtt": ["Instance", "Arn"]}"""))
            + """, "Instance": {"Type": "AWS::EC2::Instance", "Properties": {}} """));
        const string Required = """ "id": "can", "question": "granted", "stacks": ["deployed"], "required": "properties/stop.json" """;
        const string Owned = """ "account": "111122223333", "resourcePolicy": null, """;
        string required = Required.Replace("\"granted\"", "\"granted\", \"request\": {\"resourceAccount\": \"111122223333\"}", StringComparison.Ordinal);
        ToolRun run = VerifyText("role", Owned, "*.template.json", required);
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("it depends on what is known only at deployment: Instance.Arn", Flat(run.Output), StringComparison.Ordinal);
        folder.Write("app.template.json", Template(Role("AppRole", Inline("ec2:StopInstances"))));
        Assert.Equal(0, VerifyText("role", Owned, "*.template.json", required).ExitCode);
    }

    [Fact]
    public void The_organization_binds_roles_of_the_account_that_is_given()
    {
        folder.Write("app.template.json", Template(Role("AppRole", Inline("ec2:*"))));
        folder.Write("organization.json", """
            {"organization": {"id": "o-exampleorg", "accounts": {"111122223333": "o-exampleorg/r-ex00/ou-ex00-workload/"}},
             "serviceControlPolicies": {"ou-ex00-workload": [{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}, {"Effect": "Deny", "Action": "ec2:StopInstances", "Resource": "*"}]}]}}
            """);
        const string Organization = """ "organization": "organization.json", """;
        ToolRun run = VerifyText("role", "", "*.template.json", Stop, Organization);
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("which control policies of the organization bind it is not known; give \"deployed\" an account", Flat(run.Output),
            StringComparison.Ordinal);
        Assert.Equal(0, VerifyText("role", """ "account": "111122223333", """, "*.template.json", Stop, Organization).ExitCode);
    }

    [Fact]
    public void Policies_of_resources_are_members_and_those_known_at_deployment_are_unknown()
    {
        folder.Write("site.template.json", Template("""
            "Open": {"Type": "AWS::S3::BucketPolicy", "Properties": {"Bucket": "site", "PolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::site/*"}]}}},
            "Given": {"Type": "AWS::S3::BucketPolicy", "Properties": {"Bucket": "data", "PolicyDocument": {"Ref": "Document"}}}
            """));
        const string Public = """ "id": "public", "question": "no-public-access", "stacks": ["deployed"] """;
        ToolRun run = VerifyText("resource", "", "*.template.json", Public);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("(stack deployed/site.template.json#Open)", run.Output, StringComparison.Ordinal);
        ToolRun rest = VerifyText("resource", """ "except": "*#Open", """, "*.template.json", Public);
        Assert.Equal(3, rest.ExitCode);
        Assert.Contains("the policy of Given is known only when site.template.json is deployed", Flat(rest.Output), StringComparison.Ordinal);
    }

    [Fact]
    public void Roles_of_a_plan_have_what_is_attached_to_them_whatever_attaches_it()
    {
        const string Any = """{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"ec2:*\",\"Resource\":\"*\"}]}""";
        folder.Write("plan.json", $$"""
            {"format_version": "1.2", "planned_values": {"root_module": {"resources": [
              {"address": "aws_iam_role.app", "type": "aws_iam_role", "values": {"name": "app"} },
              {"address": "aws_iam_role.idle", "type": "aws_iam_role", "values": {"name": "idle"} },
              {"address": "aws_iam_policy.any", "type": "aws_iam_policy", "values": {"name": "any", "policy": "{{Any}}"} },
              {"address": "aws_iam_policy_attachment.all", "type": "aws_iam_policy_attachment", "values": {"roles": ["app"], "users": null, "groups": null} }]} },
             "configuration": {"root_module": {"resources": [{"address": "aws_iam_policy_attachment.all", "expressions": {"policy_arn": {"references": ["aws_iam_policy.any.arn", "aws_iam_policy.any"]} } }]} } }
            """);
        ToolRun run = Verify("role", files: "plan.json");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("(stack deployed/plan.json#aws_iam_role.app)", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("The same of", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"references": ["var.role"]}""", "whether aws_iam_role_policy.any is about it is known only after apply")]
    [InlineData("""{"references": ["each.value"]}""", "whether aws_iam_role_policy.any is about it is known only after apply")]
    [InlineData("""{"references": ["each.key", "aws_iam_role.app"]}""", "whether aws_iam_role_policy.any is about it is known only after apply")]
    public void A_policy_of_a_plan_whose_role_is_known_after_apply_may_be_that_of_each(string role, string reason)
    {
        folder.Write("plan.json", $$"""
            {"format_version": "1.2", "planned_values": {"root_module": {"resources": [
              {"address": "aws_iam_role.app[\"a\"]", "type": "aws_iam_role", "values": {} },
              {"address": "aws_iam_role.app[\"b\"]", "type": "aws_iam_role", "values": {} },
              {"address": "aws_iam_role_policy.any", "type": "aws_iam_role_policy", "values": {"policy": "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"ec2:*\",\"Resource\":\"*\"}]}"} }]} },
             "configuration": {"root_module": {"resources": [{"address": "aws_iam_role_policy.any", "expressions": {"role": {{role}} } }]} } }
            """);
        ToolRun run = Verify("role", files: "plan.json");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains(reason, Flat(run.Output), StringComparison.Ordinal);
    }

    [Fact]
    public void A_policy_resource_that_is_known_at_deployment_is_no_absence_of_a_policy()
    {
        folder.Write("app.template.json", Template(Role("AppRole", """ "Policies": [] """)
            + """, "Extra": {"Type": "AWS::IAM::Policy", "Properties": {"PolicyName": "x", "Roles": [{"Ref": "AppRole"}], "PolicyDocument": {"Ref": "Document"}}} """));
        ToolRun run = Verify("role");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("the policy of Extra (AWS::IAM::Policy) is known only at deployment", Flat(run.Output), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(""" "parameters": {"Nonesuch": "x"}, """, "there is no parameter or resource \"Nonesuch\"")]
    [InlineData(""" "conditions": {"Nonesuch": true}, """, "there is no condition \"Nonesuch\"")]
    [InlineData(""" "conditions": {"Nonesuch": "yes"}, """, "the condition \"Nonesuch\" must be true or false; this is a string")]
    [InlineData(""" "parameters": [], """, "parameters must be an object of names of parameters")]
    [InlineData(""" "managedPolicies": {"X": 1}, """, "the managed policy \"X\" must be a policy (an object with Statement) or the path of one")]
    public void A_mistake_in_what_is_said_of_deployments_is_exit_2_with_its_place(string member, string message)
    {
        folder.Write("app.template.json", Template(Role("AppRole", """ "Policies": [] """)));
        ToolRun run = Verify("role", member);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Matches(@"provablesec\.json:\d+:\d+: ", run.Error);
    }

    [Fact]
    public void What_only_templates_leave_open_is_not_said_of_dumps()
    {
        folder.Write("dump.json", """{"RoleDetailList": [{"RoleName": "app", "Arn": "arn:aws:iam::111122223333:role/app", "RolePolicyList": [], "AttachedManagedPolicies": []}], "UserDetailList": [], "GroupDetailList": [], "Policies": []}""");
        ToolRun run = Verify("role", """ "region": "eu-west-1", """, "dump.json");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("\"region\" says what templates leave open, and \"deployed\" has none", run.Error, StringComparison.Ordinal);
    }

    private const string Stop = """ "id": "stop", "says": "Nobody stops instances", "question": "not-granted", "stacks": ["deployed"], "forbidden": "properties/stop.json" """;

    private ToolRun Verify(string each, string members = "", string files = "*.template.json", string property = "") =>
        VerifyText(each, members, files, Stop + property);

    private ToolRun VerifyText(string each, string members, string files, string property, string more = "") => folder.VerifyText($$"""
        {"version": 1, {{more}} "stacks": {"deployed": { {{members}} "each": "{{each}}", "files": "{{files}}"} },
         "properties": [{ {{property}} }]}
        """);

    private static string Template(string resources) => $$"""{"Resources": { {{resources}} } }""";

    private static string Role(string id, string members) => $$""" "{{id}}": {"Type": "AWS::IAM::Role", "Properties": { {{Trust}}, {{members}} } } """;

    private static string Inline(string action, string resource = "\"*\"") =>
        $$""" "Policies": [{"PolicyName": "p", "PolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "{{action}}", "Resource": {{resource}} }]} }] """;

    private static string Flat(string text) => System.Text.RegularExpressions.Regex.Replace(text, @"\s+", " ");
}
