using System.Text.Json;

namespace ProvableSec.Analyzers.Tests.Policies;

/// <summary>What the repairs make of policies in code, in every kind of literal and in objects.</summary>
public sealed class PolicyFixTests
{
    private const string Same = "Remove \"s3:GetObject\" (proved: allows the same requests)";

    public static TheoryData<string, string, string> Shapes() => new()
    {
        {
            """string p = "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": [\"s3:Get*\", {|PSEC3317:\"s3:GetObject\"|}], \"Resource\": \"*\"}}";""",
            """string p = "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": [\"s3:Get*\"], \"Resource\": \"*\"}}";""",
            Same
        },
        {
            """string p = @"{""Version"": ""2012-10-17"", ""Statement"": {""Effect"": ""Allow"", ""Action"": [{|PSEC3317:""s3:GetObject""|}, ""s3:Get*""], ""Resource"": ""*""}}";""",
            """string p = @"{""Version"": ""2012-10-17"", ""Statement"": {""Effect"": ""Allow"", ""Action"": [""s3:Get*""], ""Resource"": ""*""}}";""",
            Same
        },
        {
            """"
                string p = """
                    {|PSEC3211:{
                      "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}
                    }|}
                    """;
                """",
            """"
                string p = """
                    {
                      "Version": "2012-10-17",
                      "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}
                    }
                    """;
                """",
            "Write \"Version\": \"2012-10-17\" (proved: allows the same requests)"
        },
        {
            """string p = "{|PSEC3211:{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\": \"*\"}}|}";""",
            """string p = "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\": \"*\"}}";""",
            "Write \"Version\": \"2012-10-17\" (proved: allows the same requests)"
        },
        {
            """string M(string b) => $"{{\"Version\": \"2012-10-17\", \"Statement\": [{{\"Effect\": \"Allow\", \"Action\": \"s3:PutObject\", \"Resource\": \"{b}\"}}, {{\"Effect\": \"Allow\", \"Action\": [\"s3:Get*\", {|PSEC3317:\"s3:GetObject\"|}], \"Resource\": \"*\"}}]}}";""",
            """string M(string b) => $"{{\"Version\": \"2012-10-17\", \"Statement\": [{{\"Effect\": \"Allow\", \"Action\": \"s3:PutObject\", \"Resource\": \"{b}\"}}, {{\"Effect\": \"Allow\", \"Action\": [\"s3:Get*\"], \"Resource\": \"*\"}}]}}";""",
            Same
        },
        {
            """object p = new Amazon.S3.Model.PutBucketPolicyRequest { Policy = "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"111122223333\"}, \"Action\": [\"s3:Get*\", {|PSEC3317:\"s3:GetObject\"|}], \"Resource\": \"arn:aws:s3:::b/*\"}}" };""",
            """object p = new Amazon.S3.Model.PutBucketPolicyRequest { Policy = "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"111122223333\"}, \"Action\": [\"s3:Get*\"], \"Resource\": \"arn:aws:s3:::b/*\"}}" };""",
            Same
        },
        {
            """object p = new { Version = "2012-10-17", Statement = new { Effect = "Allow", Action = new[] { "s3:Get*", {|PSEC3317:"s3:GetObject"|} }, Resource = "*" } };""",
            """object p = new { Version = "2012-10-17", Statement = new { Effect = "Allow", Action = new[] { "s3:Get*" }, Resource = "*" } };""",
            Same
        },
        {
            """object p = new { Version = "2012-10-17", Statement = new { Sid = {|PSEC3310:""|}, Effect = "Allow", Action = "s3:GetObject", Resource = "*" } };""",
            """object p = new { Version = "2012-10-17", Statement = new { Effect = "Allow", Action = "s3:GetObject", Resource = "*" } };""",
            "Remove the empty Sid (proved: allows the same requests)"
        },
        {
            """object p = new System.Collections.Generic.Dictionary<string, object> { ["Version"] = "2012-10-17", ["Statement"] = new System.Collections.Generic.Dictionary<string, object> { ["Effect"] = "Allow", ["Action"] = new[] { {|PSEC3317:"s3:GetObject"|}, "s3:Get*" }, ["Resource"] = "*" } };""",
            """object p = new System.Collections.Generic.Dictionary<string, object> { ["Version"] = "2012-10-17", ["Statement"] = new System.Collections.Generic.Dictionary<string, object> { ["Effect"] = "Allow", ["Action"] = new[] { "s3:Get*" }, ["Resource"] = "*" } };""",
            Same
        },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task A_policy_is_fixed_where_it_is_written(string before, string after, string title)
    {
        await Marked.FixAsync(Class(before), Class(after), "ProvedRewrite");
        Assert.Contains(title, await Repaired.OffersAsync(Marked.Plain(Class(before))));
        Assert.Equal(Marked.Plain(Class(after)), await Repaired.EverywhereAsync(Marked.Plain(Class(before)), null));
    }

    [Fact]
    public async Task A_misspelled_name_is_written_as_it_was_meant_by_who_chooses_so()
    {
        string before = Class("object p = new { Version = \"2012-10-17\", Statement = new { Effect = \"Allow\", Action = \"s3:GetObjct\", Resource = \"*\" } };");
        string after = before.Replace("GetObjct", "GetObject", StringComparison.Ordinal);
        Assert.Contains(await Repaired.OffersAsync(before), offer => offer.StartsWith("Write \"s3:GetObject\" (allows more: s3:GetObject on ",
            StringComparison.Ordinal));
        Assert.Equal(after, await Repaired.OnceAsync(before, "Write \"s3:GetObject\""));
        Assert.Equal(before, await Repaired.EverywhereAsync(before, null));
    }

    public static TheoryData<string, string, string> Conditions()
    {
        const string Map = "new System.Collections.Generic.Dictionary<string, object>";
        const string Lambda = "new { Effect = \"Allow\", Action = \"lambda:CreateFunction\", Resource = \"arn:aws:lambda:eu-west-1:111122223333:function:f\" }";
        const string Policy = "object p = new { Version = \"2012-10-17\", Statement = new object[] { " + Lambda + ", ";
        const string Passing = Map + " { [\"StringEquals\"] = " + Map + " { [\"iam:PassedToService\"] = \"lambda.amazonaws.com\" } }";
        const string Cdk = "void M(Amazon.CDK.AWS.SQS.Queue q) => q.AddToResourcePolicy(new Amazon.CDK.AWS.IAM.PolicyStatement(new Amazon.CDK.AWS.IAM.PolicyStatementProps { Actions = new[] { \"sqs:SendMessage\" }, Resources = new[] { \"arn:aws:sqs:eu-west-1:111122223333:q\" }, Principals = new Amazon.CDK.AWS.IAM.IPrincipal[] { new Amazon.CDK.AWS.IAM.ServicePrincipal(\"sns.amazonaws.com\") }";
        const string Sdk = "object p = new Amazon.SQS.Model.SetQueueAttributesRequest { Attributes = new System.Collections.Generic.Dictionary<string, string> { [\"Policy\"] = new Amazon.Auth.AccessControlPolicy.Policy().WithStatements(new Amazon.Auth.AccessControlPolicy.Statement(Amazon.Auth.AccessControlPolicy.Statement.StatementEffect.Allow).WithPrincipals(new Amazon.Auth.AccessControlPolicy.Principal(\"Service\", \"sns.amazonaws.com\")).WithActionIdentifiers(new Amazon.Auth.AccessControlPolicy.ActionIdentifier(\"sqs:SendMessage\")).WithResources(new Amazon.Auth.AccessControlPolicy.Resource(\"arn:aws:sqs:eu-west-1:111122223333:q\"))";
        return new()
        {
            { Policy + "new { Effect = \"Allow\", Action = \"iam:PassRole\", Resource = \"*\" } } };", Policy
                + "new { Effect = \"Allow\", Action = \"iam:PassRole\", Resource = \"*\", Condition = " + Passing
                + " } } };", "Let roles be passed to lambda.amazonaws.com only" },
            {
                Policy + Map + "\n{\n    [\"Effect\"] = \"Allow\",\n    [\"Action\"] = \"iam:PassRole\",\n    [\"Resource\"] = \"*\",\n} } };",
                Policy + Map + "\n{\n    [\"Effect\"] = \"Allow\",\n    [\"Action\"] = \"iam:PassRole\",\n    [\"Resource\"] = \"*\",\n    [\"Condition\"] = " + Passing + ",\n} } };", "Let roles be passed to lambda.amazonaws.com only"
            },
            {
                Policy + Map + " { { \"Effect\", \"Allow\" }, { \"Action\", \"iam:PassRole\" }, { \"Resource\", \"*\" } } } };",
                Policy + Map + " { { \"Effect\", \"Allow\" }, { \"Action\", \"iam:PassRole\" }, { \"Resource\", \"*\" }, { \"Condition\", " + Passing + " } } } };", "Let roles be passed to lambda.amazonaws.com only"
            },
            { Cdk + " }));", Cdk + ", Conditions = " + Map + " { [\"StringEquals\"] = " + Map
                + " { [\"aws:SourceAccount\"] = \"111122223333\" } } }));", "Let the service act for account 111122223333 only" },
            { Sdk + ").ToJson() } };", Sdk + ".WithConditions(Amazon.Auth.AccessControlPolicy.ConditionFactory.NewCondition(Amazon.Auth.AccessControlPolicy.ConditionFactory.StringComparisonType.StringEquals, \"aws:SourceAccount\", \"111122223333\"))).ToJson() } };", "Let the service act for account 111122223333 only" },
        };
    }

    [Theory]
    [MemberData(nameof(Conditions))]
    public async Task A_condition_is_put_into_objects_of_every_kind(string before, string after, string title)
    {
        string[] offers = [.. await Repaired.OffersAsync(Class(before))];
        Assert.Contains(title + " (proved: allows less, nothing new)", offers);
        Assert.Equal(Class(after), await Repaired.EverywhereAsync(Class(before), "ProvedRewrite"));
    }

    [Fact]
    public async Task All_are_mended_at_once()
    {
        string before = "{\"Statement\": {\"Sid\": \"\", \"Effect\": \"Allow\", \"Action\": [\"s3:Get*\", \"s3:GetObject\", \"s3:GetObjectAcl\"], \"Resource\": \"*\"}}";
        string after = "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": [\"s3:Get*\"], \"Resource\": \"*\"}}";
        string code = "string p = " + JsonSerializer.Serialize(before, Plain) + ";\nstring q = " + JsonSerializer.Serialize(before, Plain) + ";";
        Assert.Equal(Class(code.Replace(JsonSerializer.Serialize(before, Plain), JsonSerializer.Serialize(after, Plain), StringComparison.Ordinal)),
            await Repaired.EverywhereAsync(Class(code), "ProvedRewrite"));
    }

    [Fact]
    public async Task What_allows_more_says_so_and_is_never_made_everywhere()
    {
        string before = "string p = " + JsonSerializer.Serialize("{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:ListBucket\", \"Resource\": \"*\", \"Condition\": {\"StringEquals\": {\"s3:prefix\": \"home/*\"}}}}", Plain) + ";";
        string title = Assert.Single(await Repaired.OffersAsync(Class(before)), title => title.StartsWith("Write StringLike", StringComparison.Ordinal));
        Assert.StartsWith("Write StringLike (allows more: s3:ListBucket on ", title, StringComparison.Ordinal);
        Assert.Equal(Class(before.Replace("StringEquals", "StringLike", StringComparison.Ordinal)),
            await Repaired.OnceAsync(Class(before), "Write StringLike"));
        Assert.Equal(Class(before), await Repaired.EverywhereAsync(Class(before), "Write StringLike"));
        Assert.Equal(Class(before), await Repaired.EverywhereAsync(Class(before), null));
    }

    [Fact]
    public async Task A_star_is_narrowed_to_what_the_class_calls()
    {
        const string Calls = "\nasync System.Threading.Tasks.Task M(Amazon.S3.IAmazonS3 s3, Amazon.SQS.AmazonSQSClient sqs) { await s3.GetObjectAsync(\"b\", \"k\"); await s3.ListObjectsV2Async(new()); await sqs.SendMessageAsync(\"q\", \"m\"); }";
        const string Title = "Allow only what this class calls, s3:GetObject and s3:ListBucket and sqs:SendMessage; other code may share the policy";
        string before = "string p = " + JsonSerializer.Serialize("{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}}", Plain) + ";" + Calls;
        Assert.Contains(Title + " (proved: allows less, nothing new)", await Repaired.OffersAsync(Class(before)));
        Assert.Contains("[\\\"s3:GetObject\\\", \\\"s3:ListBucket\\\", \\\"sqs:SendMessage\\\"]", await Repaired.OnceAsync(Class(before), Title),
            StringComparison.Ordinal);
        Assert.Equal(Class(before), await Repaired.EverywhereAsync(Class(before), Title));
        // A call whose actions are not known would be locked out.
        Assert.DoesNotContain(
            await Repaired.OffersAsync(Class(before.Replace("s3.GetObjectAsync(\"b\", \"k\")", "s3.DoesS3BucketExistAsync(\"b\")", StringComparison.Ordinal))),
            title => title.StartsWith("Allow only", StringComparison.Ordinal));
    }

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Class(string members) => $"using Amazon.S3; using Amazon.S3.Util;\nclass Sample\n{{\n{members}\n}}\n";
}
