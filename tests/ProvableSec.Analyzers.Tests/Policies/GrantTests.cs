using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;

namespace ProvableSec.Analyzers.Tests.Policies;

/// <summary>Code that opens access without a policy, with the CDK's own types; policies of the program's own types and nodes of JSON; and what only looks like
/// a policy.</summary>
public sealed class GrantTests
{
    private const string Usings = "using System;\nusing System.Collections.Generic;\nusing System.Text.Json;\nusing System.Text.Json.Nodes;\nusing Amazon.CDK.AWS.IAM;\nusing Amazon.CDK.AWS.Lambda;\nusing Amazon.CDK.AWS.S3;\nusing Amazon.CDK.AWS.SQS;\nusing Constructs;\n";

    public static TheoryData<string> Grants() =>
    [
        """new RoleProps { AssumedBy = {|PSEC2001:new AnyPrincipal()|} }""",
        """new RoleProps { AssumedBy = {|PSEC2001:new StarPrincipal()|} }""",
        """new RoleProps { AssumedBy = new ArnPrincipal({|PSEC2001:"*"|}) }""",
        """new RoleProps { AssumedBy = new CompositePrincipal(new ServicePrincipal("ec2.amazonaws.com"), {|PSEC2001:new AnyPrincipal()|}) }""",
        """new RoleProps { AssumedBy = new WebIdentityPrincipal({|PSEC2001:"accounts.google.com"|}) }""",
        """new RoleProps { AssumedBy = new AccountPrincipal("111122223333") }""",
        """new RoleProps { AssumedBy = new ArnPrincipal(x.ToString()!) }""",
        """new RoleProps { AssumedBy = {|PSEC2001:new AnyPrincipal()|}.WithConditions(new Dictionary<string, object>()) }""",
        """new RoleProps { AssumedBy = new AnyPrincipal().WithConditions(new Dictionary<string, object> { ["StringEquals"] = new Dictionary<string, object> { ["aws:PrincipalOrgID"] = "o-abcdefghij" } }) }""",
        """new RoleProps { AssumedBy = new PrincipalWithConditions({|PSEC2001:new AnyPrincipal()|}, new Dictionary<string, object> { ["Bool"] = new Dictionary<string, object> { ["aws:SecureTransport"] = "true" } }) }""",
        """new RoleProps { AssumedBy = new PrincipalWithConditions(new AnyPrincipal(), new Dictionary<string, object> { ["StringEquals"] = new Dictionary<string, object> { ["aws:PrincipalOrgID"] = "o-abcdefghij" } }) }""",
        """new RoleProps { AssumedBy = new PrincipalWithConditions(new AnyPrincipal(), (Dictionary<string, object>)x) }""",
        """new RoleProps { AssumedBy = {|PSEC2001:new AnyPrincipal()|}.WithSessionTags() }""",
        """new RoleProps { AssumedBy = new SessionTagsPrincipal({|PSEC2001:new AnyPrincipal()|}) }""",
        """new RoleProps { AssumedBy = new AccountPrincipal("111122223333").WithSessionTags() }""",
        """new RoleProps { AssumedBy = new CompositePrincipal(new OrganizationPrincipal("o-abcdefghij"), {|PSEC2001:new AnyPrincipal()|}) }""",
        """new RoleProps { AssumedBy = new CompositePrincipal(new OrganizationPrincipal("o-abcdefghij"), new AccountPrincipal("111122223333")) }""",
        """((Role)x).AddToPolicy(PolicyStatement.FromJson(new Dictionary<string, object> { ["Effect"] = "Allow", ["Action"] = {|PSEC2002:"*"|}, ["Resource"] = "*" }));""",
        """((Role)x).AddToPolicy(PolicyStatement.FromJson(new { Effect = "Allow", Action = {|PSEC2002:"*"|}, Resource = "*" }));""",
        """((Role)x).AddToPolicy(PolicyStatement.FromJson(new { Effect = "Deny", Action = "*", Resource = "*" }));""",
        """((IBucket)x).AddToResourcePolicy(PolicyStatement.FromJson(new { Effect = "Allow", Principal = {|PSEC2001:"*"|}, Action = "s3:GetObject", Resource = "arn:aws:s3:::site/*" }));""",
        """var read = PolicyStatement.FromJson(new { Effect = "Allow", Action = "*", Resource = "*" }); read.Effect = Effect.DENY; ((Role)x).AddToPolicy(read);""",
        """Grant.AddToPrincipalOrResource(new GrantWithResourceOptions { Grantee = {|PSEC2001:new AnyPrincipal()|}, Actions = new[] { "s3:GetObject" }, ResourceArns = new[] { "*" }, Resource = (IResourceWithPolicy)x });""",
        """Grant.AddToPrincipalOrResource(new GrantWithResourceOptions { Grantee = (Role)y, Actions = new[] { "s3:GetObject" }, ResourceArns = new[] { "*" }, Resource = (IResourceWithPolicy)x });""",
        """Grant.AddToPrincipalOrResource(new GrantWithResourceOptions { Grantee = new OrganizationPrincipal("o-abcdefghij"), Actions = new[] { "s3:GetObject" }, ResourceArns = new[] { "*" }, Resource = (IResourceWithPolicy)x });""",
        """new RoleProps { AssumedBy = new OrganizationPrincipal("o-abcdefghij") }""",
        """ManagedPolicy.FromAwsManagedPolicyName({|PSEC2002:"AdministratorAccess"|})""",
        """ManagedPolicy.FromAwsManagedPolicyName("job-function/ViewOnlyAccess")""",
        """ManagedPolicy.FromManagedPolicyArn((Construct)x, "a", {|PSEC2002:"arn:aws:iam::aws:policy/AdministratorAccess"|})""",
        """new CfnRoleProps { ManagedPolicyArns = new[] { {|PSEC2002:"arn:aws:iam::aws:policy/AdministratorAccess"|} } }""",
        """{|PSEC2001:((Bucket)x).GrantPublicAccess()|};""",
        """new BucketProps { {|PSEC2001:PublicReadAccess = true|} }""",
        """new BucketProps { PublicReadAccess = false }""",
        """new BucketProps { AccessControl = {|PSEC2001:BucketAccessControl.PUBLIC_READ|}, BlockPublicAccess = new BlockPublicAccess(new BlockPublicAccessOptions { BlockPublicAcls = false, IgnorePublicAcls = false }) }""",
        """new BucketProps { AccessControl = {|PSEC2001:BucketAccessControl.AUTHENTICATED_READ|}, ObjectOwnership = ObjectOwnership.OBJECT_WRITER, BlockPublicAccess = new BlockPublicAccess(new BlockPublicAccessOptions()) }""",
        """new BucketProps { AccessControl = BucketAccessControl.PUBLIC_READ, ObjectOwnership = ObjectOwnership.BUCKET_OWNER_ENFORCED, BlockPublicAccess = new BlockPublicAccess(new BlockPublicAccessOptions()) }""",
        """new BucketProps { AccessControl = BucketAccessControl.PUBLIC_READ, BlockPublicAccess = BlockPublicAccess.BLOCK_ACLS }""",
        """new BucketProps { AccessControl = BucketAccessControl.PUBLIC_READ, BlockPublicAccess = (BlockPublicAccess)x }""",
        """new BucketProps { AccessControl = BucketAccessControl.PUBLIC_READ }""",
        """new BucketProps { AccessControl = BucketAccessControl.PRIVATE, BlockPublicAccess = new BlockPublicAccess(new BlockPublicAccessOptions()) }""",
        """((Function)x).AddPermission("p", new Permission { Principal = {|PSEC2001:new AnyPrincipal()|} });""",
        """((Function)x).AddPermission("p", new Permission { Principal = new AnyPrincipal(), OrganizationId = "o-abcdefghij" });""",
        """((Function)x).AddPermission("p", new Permission { Principal = new ArnPrincipal("arn:aws:iam::111122223333:role/r") });""",
        """((Function)x).AddFunctionUrl(new FunctionUrlOptions { {|PSEC2001:AuthType = FunctionUrlAuthType.NONE|} });""",
        """((Function)x).AddFunctionUrl(new FunctionUrlOptions { AuthType = FunctionUrlAuthType.AWS_IAM });""",
        """((IBucket)x).GrantRead({|PSEC2001:new AnyPrincipal()|});""",
        """((Queue)x).GrantSendMessages({|PSEC2001:new StarPrincipal()|});""",
        """((Queue)x).GrantSendMessages((Role)y);""",
        """((Role)x).GrantAssumeRole({|PSEC2001:new AnyPrincipal()|});""",
        """IPrincipal who = {|PSEC2001:new AnyPrincipal()|}; object z = new RoleProps { AssumedBy = who };""",
        """IPrincipal who = new AnyPrincipal(); who = (Role)y; object z = new RoleProps { AssumedBy = who };""",
        """var who = {|PSEC2001:new StarPrincipal()|}; ((IBucket)x).GrantRead(who);""",
        """((IBucket)x).GrantRead({|PSEC2001:new ArnPrincipal("*")|});""",
        """((IBucket)x).GrantRead(new ArnPrincipal("arn:aws:iam::111122223333:role/r"));""",
        """Grant given = ((IBucket)x).GrantRead({|PSEC2001:new StarPrincipal()|}); given.AssertSuccess();""",
        """_ = {|PSEC2001:((Bucket)x).GrantPublicAccess()|};""",
        """Grant given = ((Bucket)x).GrantPublicAccess(); given.ResourceStatement!.AddCondition("IpAddress", new Dictionary<string, string>());""",
        """var given = new Permission { Principal = {|PSEC2001:new AnyPrincipal()|} }; ((Function)x).AddPermission("p", given);""",
        """new CfnPermissionProps { Action = "lambda:InvokeFunction", FunctionName = "f", Principal = {|PSEC2001:"*"|} }""",
        """new CfnPermissionProps { Action = "lambda:InvokeFunction", FunctionName = "f", Principal = "*", PrincipalOrgId = "o-abcdefghij" }""",
        """new CfnPermissionProps { Action = "lambda:InvokeFunction", FunctionName = "f", Principal = "111122223333" }""",
        """new CfnPermissionProps { Action = "lambda:InvokeFunction", FunctionName = "f", Principal = x.ToString()! }""",
        """new CfnUrlProps { TargetFunctionArn = "f", {|PSEC2001:AuthType = "NONE"|} }""",
        """new CfnUrlProps { TargetFunctionArn = "f", AuthType = "AWS_IAM" }""",
        """((LayerVersion)x).AddPermission("p", new LayerVersionPermission { AccountId = {|PSEC2001:"*"|} });""",
        """((LayerVersion)x).AddPermission("p", new LayerVersionPermission { AccountId = "*", OrganizationId = "o-abcdefghij" });""",
        """var reading = new PolicyStatementProps { Principals = new IPrincipal[] { {|PSEC2001:new StarPrincipal()|} }, Actions = new[] { "s3:GetObject" }, Resources = new[] { "*" } }; ((IBucket)x).AddToResourcePolicy(new PolicyStatement(reading));""",
        """((IBucket)x).AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps { Principals = new IPrincipal[] { {|PSEC2001:new StarPrincipal()|} }, Actions = new[] { "s3:GetObject" }, Resources = new[] { $"arn:aws:s3:::{x}" } }));""",
        """((IBucket)x).AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps { Principals = new IPrincipal[] { {|PSEC2001:new StarPrincipal()|} }, Actions = new[] { "s3:ListBucket" }, Resources = new[] { $"arn:aws:s3:::{x}" } }));""",
        """((IBucket)x).AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps { Principals = new IPrincipal[] { {|PSEC2001:new StarPrincipal()|} }, Actions = new[] { "s3:GetObject" }, Resources = new[] { $"arn:aws:s3:::{x}/*" } }));""",
        """((IBucket)x).AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps { Principals = new IPrincipal[] { new AccountPrincipal("111122223333") }, Actions = new[] { "s3:GetObject" }, Resources = new[] { $"arn:aws:s3:::{x}" } }));""",
        """((IBucket)x).AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps { Principals = new IPrincipal[] { new StarPrincipal() }, Actions = new[] { "s3:GetObject" }, Resources = new[] { $"arn:aws:sqs:eu-west-1:111122223333:{x}" } }));""",
    ];

    [Theory]
    [MemberData(nameof(Grants))]
    public Task Grants_of_the_CDK_to_everybody_are_found(string code) => Marked.CheckAsync(Of(code), Marked.WithCdk, "PSEC2001", "PSEC2002");

    public static TheoryData<string> Nodes() =>
    [
        """new JsonObject { ["Version"] = "2012-10-17", ["Statement"] = new JsonArray(new JsonObject { ["Effect"] = "Allow", ["Action"] = {|PSEC2002:"*"|}, ["Resource"] = "*" }) }.ToJsonString()""",
        """new JsonObject { { "Version", "2012-10-17" }, { "Statement", new JsonArray { new JsonObject { ["Effect"] = "Allow", ["Action"] = "s3:GetObject", ["Resource"] = "*" } } } }""",
        """JsonSerializer.Serialize(new Document("2012-10-17", [new Line("Allow", {|PSEC2002:["*"]|}, "*")]))""",
        """JsonSerializer.Serialize(new Document("2012-10-17", [new Line("Deny", ["*"], "*")]))""",
        """new Named { V = "2012-10-17", S = new[] { new Line("Allow", {|PSEC2002:new[] { "*" }|}, "*") } }""",
        """new { Version = "2012-10-17", Statement = new[] { new { Effect = "Allow", Action = (string[]){|PSEC2002:[.. Kept, "s3:GetObject"]|}, Resource = "*" } } }""",
        """var o = new JsonObject(); o["Version"] = "2012-10-17"; o["Statement"] = new JsonArray(new JsonObject { ["Effect"] = "Allow", ["Action"] = {|PSEC2002:"*"|}, ["Resource"] = "*" }); object z = o.ToJsonString();""",
        """var lines = new JsonArray(); lines.Add(new JsonObject { ["Effect"] = "Allow", ["Action"] = {|PSEC2002:"*"|}, ["Resource"] = "*" }); object z = new JsonObject { ["Version"] = "2012-10-17", ["Statement"] = lines };""",
        """var line = new Dictionary<string, object> { ["Effect"] = "Allow" }; line["Action"] = {|PSEC2002:"*"|}; line["Resource"] = "*"; object z = new { Version = "2012-10-17", Statement = new[] { line } };""",
        """var line = new Dictionary<string, object> { ["Effect"] = "Allow", ["Action"] = {|PSEC2002:"*"|}, ["Resource"] = "*" }; if (x == y) { line["Effect"] = "Deny"; } object z = new { Version = "2012-10-17", Statement = new[] { line } };""",
        """var line = new Dictionary<string, object> { ["Effect"] = "Allow", ["Action"] = "*", ["Resource"] = "*" }; while (x == y) { line["Effect"] = "Deny"; } object z = new { Version = "2012-10-17", Statement = new[] { line } };""",
        """var line = new Dictionary<string, object> { ["Effect"] = "Allow", ["Action"] = "*", ["Resource"] = "*" }; line["Effect"] = "Deny"; object z = new { Version = "2012-10-17", Statement = new[] { line } };""",
        """var lines = new List<object>(); lines.Add(new { Effect = "Allow", Action = {|PSEC2002:"*"|}, Resource = "*" }); object z = new { Version = "2012-10-17", Statement = lines };""",
        """new JObject(new JProperty("Version", "2012-10-17"), new JProperty("Statement", new JArray(new JObject(new JProperty("Effect", "Allow"), new JProperty("Action", {|PSEC2002:"*"|}), new JProperty("Resource", "*")))))""",
        """new JObject(new JProperty("Version", "2012-10-17"), new JProperty("Statement", new JArray(new JObject(new JProperty("Effect", "Deny"), new JProperty("Action", "*"), new JProperty("Resource", "*")))))""",
        """JsonSerializer.Serialize(new Plain { Statement = { new Deed { Action = {|PSEC2002:"*"|} } } })""",
        """JsonSerializer.Serialize(new Plain { Statement = { new Deed { Effect = "Deny", Action = "*" } } })""",
        """new { principalId = "me", policyDocument = new { Version = "2012-10-17", Statement = new[] { new { Effect = "Allow", Action = "*", Resource = "*" } } } }""",
        """new { Version = "2012-10-17", Statement = new[] { new { Effect = "Allow", Action = Changing, Resource = "*" } } }""",
    ];

    [Theory]
    [MemberData(nameof(Nodes))]
    public Task Policies_of_nodes_and_of_the_programs_own_types_are_read(string code) => Marked.CheckAsync(Of(code), Marked.WithCdk, "PSEC2002");

    /// <summary>Members that keep their value, and what is made of them.</summary>
    public static TheoryData<string, string> Members() => new()
    {
        { """static readonly string[] Kept = {|PSEC2002:["*"]|};""", """new Dictionary<string, object>(StringComparer.Ordinal) { ["Version"] = "2012-10-17", ["Statement"] = new[] { new { Effect = "Allow", Action = Kept, Resource = Kept } } }""" },
        { """static readonly string[] Kept = {|PSEC2002:{ "*" }|};""", """new { Version = "2012-10-17", Statement = new[] { new { Effect = "Allow", Action = Kept, Resource = "*" } } }""" },
        { """static string[] Kept => {|PSEC2002:["*"]|};""", """new { Version = "2012-10-17", Statement = new[] { new { Effect = "Allow", Action = Kept, Resource = "*" } } }""" },
    };

    [Theory]
    [MemberData(nameof(Members))]
    public Task Members_that_keep_their_value_are_read(string member, string code) => Marked.CheckAsync(Of(code, member), Marked.WithCdk, "PSEC2002");

    public static TheoryData<string> Filled() =>
    [
        """
            "{\"principalId\":\"me\",\"policyDocument\":{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}}"
            """,
        """string.Format("{{\"Version\":\"2012-10-17\",\"Statement\":[{{\"Effect\":\"Allow\",\"Action\":{|PSEC2002:\"*\"|},\"Resource\":\"*\",\"Sid\":\"{0}\"}}]}}", x)""",
        """string.Format("{{\"Version\":\"2012-10-17\",\"Statement\":[{{\"Effect\":\"{0}\",\"Action\":\"*\",\"Resource\":\"*\"}}]}}", x)""",
        """
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\",\"Resource\":\"<<ARN>>\"}]}".Replace("<<ARN>>", x.ToString())
            """,
        """
            "{\"Version\":\"2012-10-17\",\"Statement\":[@LINES@]}".Replace("@LINES@", "{\"Effect\":\"Allow\"}")
            """,
        """
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\",\"Resource\":{|PSEC3007:\"<<ARN>>\"|}}]}".Trim()
            """,
        """string text = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\",\"Resource\":\"<<ARN>>\"}]}"; text = text.Replace("<<ARN>>", x.ToString());""",
        """string text = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\",\"Resource\":{|PSEC3007:\"<<ARN>>\"|}}]}"; text = text.Replace("other", x.ToString());""",
        """var text = new System.Text.StringBuilder("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\",\"Resource\":\"<<ARN>>\"}]}"); text.Replace("<<ARN>>", x.ToString());""",
        """System.Text.RegularExpressions.Regex.Replace("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\",\"Resource\":\"<<ARN>>\"}]}", "<<.*>>", "x")""",
        """Sample.Text.Replace("<<ARN>>", x.ToString())""",
    ];

    [Theory]
    [MemberData(nameof(Filled))]
    public Task A_text_that_is_filled_in_or_holds_a_policy_is_none_as_it_stands(string code) => Marked.CheckAsync(Of(code), Marked.WithCdk);

    public static TheoryData<string, DiagnosticSeverity> Blocked() => new()
    {
        { """new BucketProps { {|#0:PublicReadAccess = true|}, BlockPublicAccess = BlockPublicAccess.BLOCK_ALL }""", DiagnosticSeverity.Info },
        { """new BucketProps { {|#0:PublicReadAccess = true|}, BlockPublicAccess = new BlockPublicAccess(new BlockPublicAccessOptions { BlockPublicPolicy = true }) }""", DiagnosticSeverity.Info },
        { """new BucketProps { {|#0:PublicReadAccess = true|}, BlockPublicAccess = BlockPublicAccess.BLOCK_ACLS }""", DiagnosticSeverity.Error },
        { """var site = new Bucket((Construct)x, "site", new BucketProps { BlockPublicAccess = BlockPublicAccess.BLOCK_ALL }); {|#0:site.GrantPublicAccess()|};""", DiagnosticSeverity.Info },
        { """var site = new Bucket((Construct)x, "site", new BucketProps { BlockPublicAccess = BlockPublicAccess.BLOCK_ALL }); site.GrantRead({|#0:new AnyPrincipal()|});""", DiagnosticSeverity.Info },
        { """var site = new Bucket((Construct)x, "site", new BucketProps { BlockPublicAccess = BlockPublicAccess.BLOCK_ALL }); var s = new PolicyStatement(); {|#0:s.AddAnyPrincipal()|}; s.AddActions("s3:GetObject"); s.AddResources(site.ArnForObjects("*")); site.AddToResourcePolicy(s);""", DiagnosticSeverity.Info },
        { """var site = new Bucket((Construct)x, "site"); site.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps { Principals = new IPrincipal[] { {|#0:new AnyPrincipal()|} }, Actions = new[] { "s3:GetObject" }, Resources = new[] { site.ArnForObjects("*") } }));""", DiagnosticSeverity.Error },
    };

    [Theory]
    [MemberData(nameof(Blocked))]
    public Task What_blocks_public_access_takes_it_away(string code, DiagnosticSeverity severity) =>
        Marked.CheckAsync(Of(code), test => Told(test, severity, null), "PSEC2001");

    public static TheoryData<string, string> Sdk() => new()
    {
        { """((Amazon.SQS.IAmazonSQS)x).AddPermissionAsync("url", "label", new List<string> { {|#0:"*"|} }, new List<string> { "SendMessage" });""", "anyone may call sqs:SendMessage on \"arn:aws:sqs:eu-west-1:111122223333:example-queuename\", without signing the request" },
        { """((Amazon.SQS.IAmazonSQS)x).AddPermissionAsync("url", "label", actions: new List<string> { "*" }, awsAccountIds: new List<string> { {|#0:"*"|} });""", "anyone may call sqs:SendMessage on \"arn:aws:sqs:eu-west-1:111122223333:example-queuename\", without signing the request" },
        { """((Amazon.SQS.IAmazonSQS)x).AddPermissionAsync("url", "label", new List<string> { "111122223333" }, new List<string> { "SendMessage" });""", "" },
        { """((Amazon.SQS.IAmazonSQS)x).AddPermissionAsync("url", "label", new List<string> { x.ToString()! }, new List<string> { "SendMessage" });""", "" },
        { """new Amazon.SQS.Model.AddPermissionRequest { Label = "l", AWSAccountIds = new List<string> { {|#0:"*"|} }, Actions = new List<string> { "ReceiveMessage" } }""", "anyone may call sqs:ReceiveMessage on \"arn:aws:sqs:eu-west-1:111122223333:example-queuename\", without signing the request" },
        { """new Amazon.SQS.Model.AddPermissionRequest("url", "label", new List<string> { {|#0:"*"|} }, new List<string> { "ReceiveMessage" })""", "anyone may call sqs:ReceiveMessage on \"arn:aws:sqs:eu-west-1:111122223333:example-queuename\", without signing the request" },
        { """new Amazon.SQS.Model.AddPermissionRequest { Label = "l", AWSAccountIds = new List<string> { "111122223333" }, Actions = new List<string> { "ReceiveMessage" } }""", "" },
        { """var r = new Amazon.SQS.Model.AddPermissionRequest(); r.AWSAccountIds = new List<string> { {|#0:"*"|} }; r.Actions = new List<string> { "ReceiveMessage" };""", "anyone may call sqs:ReceiveMessage on \"arn:aws:sqs:eu-west-1:111122223333:example-queuename\", without signing the request" },
        { """var r = new Amazon.SQS.Model.AddPermissionRequest(); r.AWSAccountIds.Add({|#0:"*"|}); r.Actions.Add("ReceiveMessage");""", "anyone may call sqs:ReceiveMessage on \"arn:aws:sqs:eu-west-1:111122223333:example-queuename\", without signing the request" },
        { """var r = new Amazon.SQS.Model.AddPermissionRequest { AWSAccountIds = new List<string> { "*" } }; while (x == y) { r.Actions = new List<string> { "ReceiveMessage" }; } y = x;""", "" },
        { """new Amazon.SimpleNotificationService.Model.AddPermissionRequest { AWSAccountId = new List<string> { {|#0:"*"|} }, ActionName = new List<string> { "Publish" } }""", "anyone may call sns:Publish on \"arn:aws:sns:eu-west-1:111122223333:example-topicname\", without signing the request" },
        { """new Amazon.SimpleNotificationService.Client().AddPermissionAsync("topic", "label", new List<string> { {|#0:"*"|} }, new List<string> { "Subscribe" });""", "anyone may call sns:Subscribe on \"arn:aws:sns:eu-west-1:111122223333:example-topicname\", without signing the request" },
        { """new Amazon.S3.Model.PutBucketRequest { CannedACL = {|#0:Amazon.S3.S3CannedACL.PublicRead|} }""",
            "anyone may call s3:ListBucket on \"arn:aws:s3:::example-bucketname\", without signing the request" },
        { """new Amazon.S3.Model.PutBucketRequest { CannedACL = Amazon.S3.S3CannedACL.PublicRead, ObjectOwnership = Amazon.S3.ObjectOwnership.BucketOwnerEnforced }""", "" },
        { """new Amazon.S3.Model.PutBucketRequest { CannedACL = Amazon.S3.S3CannedACL.Private }""", "" },
        { """new Amazon.S3.Model.PutBucketAclRequest { ACL = {|#0:Amazon.S3.S3CannedACL.PublicReadWrite|} }""", "anyone may call s3:ListBucket on \"arn:aws:s3:::example-bucketname\", without signing the request" },
        { """new Amazon.S3.Model.PutObjectRequest { CannedACL = {|#0:Amazon.S3.S3CannedACL.PublicRead|} }""", "anyone may call s3:GetObject on \"arn:aws:s3:::example-bucketname/example-objectname\", without signing the request" },
        { """var put = new Amazon.S3.Model.PutObjectAclRequest(); put.ACL = {|#0:Amazon.S3.S3CannedACL.AuthenticatedRead|};""", "anyone may call s3:GetObject on \"arn:aws:s3:::example-bucketname/example-objectname\", without signing the request" },
        { """new Amazon.S3.Transfer.TransferUtilityUploadRequest { CannedACL = {|#0:Amazon.S3.S3CannedACL.PublicRead|} }""", "anyone may call s3:GetObject on \"arn:aws:s3:::example-bucketname/example-objectname\", without signing the request" },
    };

    [Theory]
    [MemberData(nameof(Sdk))]
    public Task What_the_SDK_opens_to_everybody_is_found(string code, string message) =>
        Marked.CheckAsync(Of(code), test => Told(test, DiagnosticSeverity.Error, message), "PSEC2001");

    [Theory]
    [InlineData("""((IBucket)x).GrantPutAcl({|#0:new AnyPrincipal()|});""", "s3:PutObjectAcl", "arn:aws:s3:::example-bucketname/example-objectname")]
    [InlineData("""((IBucket)x).GrantDelete({|#0:new AnyPrincipal()|});""", "s3:DeleteObject", "arn:aws:s3:::example-bucketname/example-objectname")]
    [InlineData("""((IFunction)x).GrantInvokeUrl({|#0:new AnyPrincipal()|});""", "lambda:InvokeFunctionUrl",
        "arn:aws:lambda:eu-west-1:111122223333:function:example-functionname")]
    public Task The_action_that_a_method_grants_is_named(string code, string action, string resource) =>
        Marked.CheckAsync(Of(code), test => Told(test, DiagnosticSeverity.Error, $"anyone may call {action} on \"{resource}\", without signing the request"),
            "PSEC2001");

    private static void Told(AnalyzerTest<DefaultVerifier> test, DiagnosticSeverity severity, string? message)
    {
        Marked.WithCdk(test);
        if (message != "")
        {
            var told = new DiagnosticResult("PSEC2001", severity).WithLocation(0);
            test.ExpectedDiagnostics.Add(message is null ? told : told.WithMessage(message));
        }
    }

    private static string Of(string code, string kept = "static readonly string[] Kept = [\"*\"];") =>
        Usings + "record Line(string Effect, string[] Action, string Resource);\nrecord Document(string Version, Line[] Statement);\n"
            + "class Named { [System.Text.Json.Serialization.JsonPropertyName(\"Version\")] public string? V { get; set; } [System.Text.Json.Serialization.JsonPropertyName(\"Statement\")] public Line[]? S { get; set; } }\n"
            + "class Plain { public string Version { get; set; } = \"2012-10-17\"; public List<Deed> Statement { get; set; } = new(); }\n"
            + "class Deed { public string Effect { get; set; } = \"Allow\"; public string Action { get; set; } = \"\"; public string Resource { get; set; } = \"*\"; }\n"
            + SdkStubs.Topics + "\n"
            + "class JObject { public JObject(params object[] content) { } } class JArray { public JArray(params object[] content) { } } class JProperty { public JProperty(string name, object? content) { } }\n"
            + $"class Sample {{ {kept} string[] Changing = [\"*\"]; "
            + (code.StartsWith("Sample.Text", StringComparison.Ordinal) ? "const string Text = \"{\\\"Version\\\":\\\"2012-10-17\\\",\\\"Statement\\\":[{\\\"Effect\\\":\\\"Allow\\\",\\\"Action\\\":\\\"s3:GetObject\\\",\\\"Resource\\\":\\\"<<ARN>>\\\"}]}\"; " : "")
            + "void M(object x, object y) { "
            + (code.EndsWith(';') ? code : $"object z = {code};") + " } }\n";
}
