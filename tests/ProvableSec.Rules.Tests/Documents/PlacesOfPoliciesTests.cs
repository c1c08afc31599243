using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Tests.Documents;

/// <summary>Every place of a template, a plan or an answer where a policy or a grant may stand is read, and what opens access there is found.</summary>
public sealed class PlacesOfPoliciesTests
{
    private const string Public = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"*"}]}""";
    public static TheoryData<string> Types() => [.. CloudFormationTypes.All];

    public static TheoryData<string> TerraformTypesWithPolicies() => [.. TerraformTypes.All];

    [Theory]
    [MemberData(nameof(Types))]
    public void Each_type_of_CloudFormation_is_read(string type)
    {
        foreach (CloudFormationPlace place in CloudFormationTypes.Of(type))
        {
            string policy = PolicyOf(place.Type), value = place.IsStatements ? policy[policy.IndexOf('[')..^1] : policy;
            foreach (string step in place.Path.Split('/').Reverse())
            {
                value = step == "*" ? $"[{value}]" : $$"""{"{{step}}": {{value}}}""";
            }

            string properties = type == "AWS::Organizations::Policy" ? value.Insert(1, "\"Type\": \"SERVICE_CONTROL_POLICY\", ") : value;
            AssertFound(place.Type, place.ResourceType, PolicyDocuments.In(Template(type, properties), null, Like));
        }
    }

    [Theory]
    [MemberData(nameof(TerraformTypesWithPolicies))]
    public void Each_type_of_Terraform_is_read_in_plans_and_states(string type)
    {
        foreach (PolicyAttribute attribute in TerraformTypes.Of(type))
        {
            string text = $"\"{PolicyOf(attribute.Type).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
            string value = attribute.Name is "inline_policy" && type == "aws_iam_role" || attribute.Name == "details" ? $$"""[{"policy": {{text}}}]""" : text;
            foreach (string values in (string[])["planned_values", "values"])
            {
                AssertFound(attribute.Type, attribute.ResourceType, PolicyDocuments.In(
                    Plan(values, type, $"{{\"{attribute.Name}\": {value}}}"), null, Like));
            }
        }
    }

    [Theory]
    [InlineData("AWS::Lambda::Permission", """{"Action": "lambda:InvokeFunction", "Principal": "*"}""", "PSEC2001 /Principal")]
    [InlineData("AWS::Lambda::Permission", """{"Action": "lambda:InvokeFunctionUrl", "Principal": "*", "FunctionUrlAuthType": "NONE"}""",
        "PSEC2001 /Principal")]
    [InlineData("AWS::Lambda::Permission", """{"Action": "lambda:InvokeFunction", "Principal": "*", "PrincipalOrgID": "o-abcdefghij"}""", "")]
    [InlineData("AWS::Lambda::Permission", """{"Action": "lambda:InvokeFunction", "Principal": "*", "PrincipalOrgID": {"Ref": "Organization"}}""", "")]
    [InlineData("AWS::Lambda::Permission", """{"Action": "lambda:InvokeFunction", "Principal": {"Ref": "Who"}}""", "")]
    [InlineData("AWS::Lambda::Permission", """{"Action": "lambda:InvokeFunction", "Principal": "111122223333"}""", "")]
    [InlineData("AWS::Lambda::Permission", """{"Action": "lambda:InvokeFunction", "Principal": "sns.amazonaws.com", "SourceArn": {"Ref": "Topic"}}""", "")]
    [InlineData("AWS::Lambda::LayerVersionPermission", """{"Action": "lambda:GetLayerVersion", "Principal": "*"}""", "PSEC2001 /Principal")]
    [InlineData("AWS::Lambda::LayerVersionPermission", """{"Action": "lambda:GetLayerVersion", "Principal": "*", "OrganizationId": "o-abcdefghij"}""", "")]
    [InlineData("AWS::Events::EventBusPolicy", """{"Action": "events:PutEvents", "Principal": "*"}""", "PSEC2001 /Principal")]
    [InlineData("AWS::Events::EventBusPolicy", """{"Action": "events:PutEvents", "Principal": "*", "Condition": {"Type": "StringEquals", "Key": "aws:PrincipalOrgID", "Value": "o-abcdefghij"}}""", "")]
    [InlineData("AWS::Events::EventBusPolicy", """{"Statement": {"Effect": "Allow", "Principal": "*", "Action": "events:PutEvents", "Resource": {"Fn::GetAtt": ["Bus", "Arn"]}}}""", "PSEC2001 /Statement/Principal")]
    [InlineData("AWS::Serverless::Function", """{"FunctionUrlConfig": {"AuthType": "NONE"}}""", "PSEC2001 /FunctionUrlConfig/AuthType")]
    [InlineData("AWS::Serverless::Function", """{"FunctionUrlConfig": {"AuthType": "AWS_IAM"}}""", "")]
    [InlineData("AWS::Serverless::Function", """{"Policies": ["AWSLambdaBasicExecutionRole", "AdministratorAccess"]}""", "PSEC2002 /Policies/1")]
    [InlineData("AWS::Serverless::Function", """{"Policies": "AdministratorAccess"}""", "PSEC2002 /Policies")]
    [InlineData("AWS::IAM::Role", """{"ManagedPolicyArns": [{"Fn::Sub": "arn:${AWS::Partition}:iam::aws:policy/AdministratorAccess"}]}""", "PSEC2002 /ManagedPolicyArns/0")]
    [InlineData("AWS::IAM::User", """{"ManagedPolicyArns": {"Fn::If": ["Admin", ["arn:aws:iam::aws:policy/AdministratorAccess"], {"Ref": "AWS::NoValue"}]}}""", "PSEC2002 /ManagedPolicyArns/Fn::If/1/0")]
    [InlineData("AWS::IAM::Group", """{"ManagedPolicyArns": ["arn:aws:iam::aws:policy/ReadOnlyAccess", "arn:aws:iam::111122223333:policy/AdministratorAccess"]}""", "")]
    [InlineData("AWS::IAM::Role", """{"ManagedPolicyArns": [{"Fn::Join": ["", ["arn:", {"Ref": "AWS::Partition"}, ":iam::aws:policy/IAMFullAccess"]]}]}""", "PSEC2003 /ManagedPolicyArns/0")]
    [InlineData("AWS::SSO::PermissionSet", """{"ManagedPolicies": ["arn:aws:iam::aws:policy/AdministratorAccess"]}""", "PSEC2002 /ManagedPolicies/0")]
    [InlineData("AWS::S3::Bucket", """{"AccessControl": "PublicRead"}""", "")]
    [InlineData("AWS::S3::Bucket", """{"AccessControl": "PublicRead", "OwnershipControls": {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}, "PublicAccessBlockConfiguration": {}}""", "")]
    [InlineData("AWS::S3::Bucket", """{"AccessControl": "PublicRead", "OwnershipControls": {"Rules": [{"ObjectOwnership": "ObjectWriter"}]}, "PublicAccessBlockConfiguration": {"IgnorePublicAcls": true}}""", "")]
    [InlineData("AWS::S3::Bucket", """{"AccessControl": "PublicReadWrite", "OwnershipControls": {"Rules": [{"ObjectOwnership": "BucketOwnerPreferred"}]}, "PublicAccessBlockConfiguration": {"BlockPublicAcls": false}}""", "PSEC2001 /AccessControl; PSEC2001 /AccessControl")]
    [InlineData("AWS::S3::Bucket", """{"AccessControl": "Private", "OwnershipControls": {"Rules": [{"ObjectOwnership": "ObjectWriter"}]}, "PublicAccessBlockConfiguration": {}}""", "")]
    public void Grants_without_a_policy_are_found_where_they_stand(string type, string properties, string expected) =>
        Assert.Equal(expected, string.Join("; ", PolicyDocuments.In(Template(type, properties), null, Like)
            .SelectMany(policy => policy.Check(TestContext.Current.CancellationToken))
                .Where(finding => finding.Rule.Id is "PSEC2001" or "PSEC2002" or "PSEC2003")
            .Select(finding => $"{finding.Rule.Id} {finding.Pointer["/Resources/It/Properties".Length..]}")));

    [Theory]
    [InlineData("aws_lambda_permission", """{"action": "lambda:InvokeFunction", "principal": "*"}""", "PSEC2001 /principal")]
    [InlineData("aws_lambda_permission", """{"action": "lambda:InvokeFunction", "principal": "*", "principal_org_id": "o-abcdefghij"}""", "")]
    [InlineData("aws_lambda_permission", """{"action": "lambda:InvokeFunction", "principal": "sns.amazonaws.com"}""", "")]
    [InlineData("aws_lambda_function_url", """{"authorization_type": "NONE"}""", "PSEC2001 /authorization_type")]
    [InlineData("aws_lambda_function_url", """{"authorization_type": "AWS_IAM"}""", "")]
    [InlineData("aws_lambda_layer_version_permission", """{"action": "lambda:GetLayerVersion", "principal": "*", "organization_id": null}""",
        "PSEC2001 /principal")]
    [InlineData("aws_iam_user_policy_attachment", """{"policy_arn": "arn:aws-us-gov:iam::aws:policy/AdministratorAccess"}""", "PSEC2002 /policy_arn")]
    [InlineData("aws_iam_role", """{"managed_policy_arns": ["arn:aws:iam::aws:policy/AdministratorAccess"]}""", "PSEC2002 /managed_policy_arns/0")]
    [InlineData("aws_ssoadmin_managed_policy_attachment", """{"managed_policy_arn": "arn:aws:iam::aws:policy/AdministratorAccess"}""",
        "PSEC2002 /managed_policy_arn")]
    [InlineData("aws_iam_group_policy_attachment", """{"policy_arn": "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess"}""", "")]
    public void Grants_of_a_plan_are_found_where_they_stand(string type, string values, string expected)
    {
        const string At = "/planned_values/root_module/resources/0/values";
        Assert.Equal(expected, string.Join("; ", PolicyDocuments.In(Plan("planned_values", type, values), null, Like)
            .SelectMany(policy => policy.Check(TestContext.Current.CancellationToken)).Where(finding => finding.Rule.Id is "PSEC2001" or "PSEC2002")
            .Select(finding => $"{finding.Rule.Id} {finding.Pointer[At.Length..]}")));
    }

    [Theory]
    [InlineData("""{"Policy": TEXT}""", PolicyType.Resource)]
    [InlineData("""{"Policy": TEXT, "RevisionId": "1"}""", PolicyType.Resource)]
    [InlineData("""{"Attributes": {"QueueArn": "x", "Policy": TEXT}}""", PolicyType.Resource)]
    [InlineData("""{"registryId": "111122223333", "repositoryName": "r", "policyText": TEXT}""", PolicyType.Resource)]
    [InlineData("""{"ARN": "x", "Name": "n", "ResourcePolicy": TEXT}""", PolicyType.Resource)]
    [InlineData("""{"PolicyInJson": TEXT}""", PolicyType.Resource)]
    [InlineData("""{"policy": {"resourceArn": "x", "document": TEXT}}""", PolicyType.Resource)]
    [InlineData("""{"resourcePolicies": [{"policyName": "a", "policyDocument": TEXT}]}""", PolicyType.Resource)]
    [InlineData("""{"DomainStatus": {"AccessPolicies": TEXT}}""", PolicyType.Resource)]
    [InlineData("""{"Role": {"RoleName": "r", "AssumeRolePolicyDocument": OBJECT}}""", PolicyType.Trust)]
    [InlineData("""{"Role": {"RoleName": "r", "AssumeRolePolicyDocument": PERCENT}}""", PolicyType.Trust)]
    [InlineData("""{"Roles": [{"RoleName": "r", "AssumeRolePolicyDocument": OBJECT}]}""", PolicyType.Trust)]
    [InlineData("""{"PolicyVersion": {"Document": OBJECT, "VersionId": "v1"}}""", PolicyType.Identity)]
    [InlineData("""{"RoleName": "r", "PolicyName": "p", "PolicyDocument": OBJECT}""", PolicyType.Identity)]
    [InlineData("""{"UserName": "u", "PolicyName": "p", "PolicyDocument": PERCENT}""", PolicyType.Identity)]
    [InlineData("""{"policyName": "p", "policyDocument": TEXT}""", PolicyType.Identity)]
    [InlineData("""{"Policy": {"PolicySummary": {"Type": "SERVICE_CONTROL_POLICY"}, "Content": TEXT}}""", PolicyType.ServiceControlPolicy)]
    [InlineData("""{"Policy": {"PolicySummary": {"Type": "RESOURCE_CONTROL_POLICY"}, "Content": TEXT}}""", PolicyType.ResourceControlPolicy)]
    public void Answers_of_the_CLI_are_unwrapped(string answer, PolicyType type)
    {
        string policy = PolicyOf(type);
        JsonTree json = Read(answer.Replace("TEXT", $"\"{policy.Replace("\"", "\\\"", StringComparison.Ordinal)}\"", StringComparison.Ordinal)
            .Replace("OBJECT", policy, StringComparison.Ordinal).Replace("PERCENT", $"\"{Uri.EscapeDataString(policy)}\"", StringComparison.Ordinal));
        Assert.True(PolicyDocuments.IsCliAnswer(json.Root));
        AssertFound(type, null, PolicyDocuments.InCliAnswer(json, Like));
    }

    [Theory]
    [InlineData("""{"Policy": {"PolicyName": "p", "Arn": "arn:aws:iam::111122223333:policy/p", "DefaultVersionId": "v1"}}""")]
    [InlineData("""{"principalId": "me", "context": {"Statement": []}}""")]
    [InlineData("""{"Policy": "{}"}""")]
    [InlineData("""{"Policy": "{\"Statement\": [{\"Effect\": \"Perhaps\", \"Action\": \"a:b\", \"Resource\": \"*\"}]}"}""")]
    public void What_holds_no_policy_is_no_such_answer(string answer) => Assert.False(PolicyDocuments.IsCliAnswer(Read(answer).Root));

    [Fact]
    public void A_policy_in_a_type_that_is_not_known_is_found_by_its_form()
    {
        FoundPolicy found = Assert.Single(PolicyDocuments.In(Template(
            "Custom::Thing", """{"Some": [{"Document": OPEN}], "Code": {"ZipFile": OPEN}, "NotOne": {"Statement": [{"Effect": "Allow"}]}}""".Replace("OPEN", Public, StringComparison.Ordinal)), null, Like));
        Assert.Equal("Custom::Thing", found.UnknownOwnerType);
        PolicyFinding finding = Assert.Single(found.Check(TestContext.Current.CancellationToken));
        Assert.Equal(("PSEC2001", RuleSeverity.Info, "/Resources/It/Properties/Some/0/Document/Statement/0/Principal"),
            (finding.Rule.Id, finding.Severity, finding.Pointer));
        Assert.Empty(found.RewritesOf(finding));
    }

    [Theory]
    [InlineData("""{"policy": true}""", 1)]
    [InlineData("""{"id": true}""", 0)]
    [InlineData("""{"policy": false}""", 0)]
    public void What_is_known_after_apply_is_not_judged(string unknown, int count)
    {
        PolicyDocuments.In(
            Read("""{"format_version": "1.2", "planned_values": {"root_module": {}}, "resource_changes": [{"address": "aws_sqs_queue_policy.q", "type": "aws_sqs_queue_policy", "change": {"after_unknown": UNKNOWN}}]}""".Replace("UNKNOWN", unknown, StringComparison.Ordinal)),
            null, Like, out DocumentNotes notes);
        Assert.Equal(count, notes.Unjudged.Count);
        Assert.All(notes.Unjudged, policy => Assert.Equal("aws_sqs_queue_policy.q", policy.Owner));
    }

    [Theory]
    [InlineData("AWS::Lambda::Permission", """{"Action": "lambda:InvokeFunction", "Principal": "*", "InvokedViaFunctionUrl": true}""",
        "when lambda:InvokedViaFunctionUrl is \"true\"")]
    [InlineData("AWS::Lambda::Permission", """{"Action": "lambda:InvokeFunctionUrl", "Principal": "*", "FunctionUrlAuthType": "NONE"}""",
        "when lambda:FunctionUrlAuthType is \"NONE\"")]
    [InlineData("AWS::Lambda::Permission", """{"Action": "lambda:InvokeFunction", "Principal": "*"}""", "without signing the request")]
    [InlineData("AWS::ApiGateway::RestApi", """{"Policy": {"Statement": {"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*"}}}""", "/prod/GET/items\"")]
    [InlineData("AWS::ApiGateway::RestApi", """{"Policy": {"Statement": {"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "arn:aws:execute-api:us-east-1:111122223333:short/*"}}}""", ":short/")]
    public void Public_access_is_shown_by_a_request_of_the_resource(string type, string properties, string words)
    {
        PolicyFinding finding = Assert.Single(
            PolicyDocuments.In(Template(type, properties), null, Like).SelectMany(policy => policy.Check(TestContext.Current.CancellationToken)),
                finding => finding.Rule.Id == "PSEC2001");
        Assert.Contains(words, finding.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("domainnames", finding.Message, StringComparison.Ordinal);
    }

    private static PolicyContext Like => new(PolicyType.Identity);

    private static JsonTree Read(string text) => JsonTreeReader.Read(new DocumentText(text));

    private static JsonTree Template(string type, string properties) =>
        Read("{\"Resources\": {\"It\": {\"Type\": \"" + type + "\", \"Properties\": " + properties + "}}}");

    private static JsonTree Plan(string member, string type, string values) =>
        Read("{\"format_version\": \"1.2\", \"" + member + "\": {\"root_module\": {\"resources\": [{\"address\": \"it\", \"mode\": \"managed\", \"type\": \""
            + type + "\", \"values\": " + values + "}]}}}");

    private static string PolicyOf(PolicyType type) => type switch
    {
        PolicyType.Resource or PolicyType.VpcEndpoint or PolicyType.ResourceControlPolicy => Public,
        PolicyType.Trust => """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}]}""",
        _ => PolicyJson.Everything,
    };

    private static void AssertFound(PolicyType type, string? resourceType, IReadOnlyList<FoundPolicy> policies)
    {
        FoundPolicy policy = Assert.Single(policies);
        Assert.Equal(type, policy.Context.Type);
        if (resourceType is not null)
        {
            Assert.Equal(resourceType, policy.Context.ResourceType);
        }

        string[] rules = [.. policy.Check(TestContext.Current.CancellationToken).Select(finding => finding.Rule.Id)];
        string? expected = type switch { PolicyType.Resource or PolicyType.Trust => "PSEC2001", PolicyType.Identity => "PSEC2002", _ => null };
        Assert.True(expected is null || rules.Contains(expected), string.Join(", ", rules));
    }
}
