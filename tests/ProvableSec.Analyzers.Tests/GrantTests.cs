namespace ProvableSec.Analyzers.Tests;

/// <summary>Code that opens access without a policy, with the CDK's own types; policies of the program's own types and nodes of JSON; and what only looks like a policy.</summary>
public sealed class GrantTests
{
    private const string Usings = "using System;\nusing System.Collections.Generic;\nusing System.Text.Json;\nusing System.Text.Json.Nodes;\nusing Amazon.CDK.AWS.IAM;\nusing Amazon.CDK.AWS.Lambda;\nusing Amazon.CDK.AWS.S3;\nusing Amazon.CDK.AWS.SQS;\nusing Constructs;\n";

    [Theory]
    [InlineData("new RoleProps { AssumedBy = new AnyPrincipal() }", "PSEC2001")]
    [InlineData("new RoleProps { AssumedBy = new StarPrincipal() }", "PSEC2001")]
    [InlineData("new RoleProps { AssumedBy = new ArnPrincipal(\"*\") }", "PSEC2001")]
    [InlineData("new RoleProps { AssumedBy = new CompositePrincipal(new ServicePrincipal(\"ec2.amazonaws.com\"), new AnyPrincipal()) }", "PSEC2001")]
    [InlineData("new RoleProps { AssumedBy = new WebIdentityPrincipal(\"accounts.google.com\") }", "PSEC2001")]
    [InlineData("new RoleProps { AssumedBy = new AccountPrincipal(\"111122223333\") }", "")]
    [InlineData("new RoleProps { AssumedBy = new ArnPrincipal(x.ToString()!) }", "")]
    [InlineData("new RoleProps { AssumedBy = new AnyPrincipal().WithConditions(new Dictionary<string, object>()) }", "PSEC2001")]
    [InlineData("new RoleProps { AssumedBy = new AnyPrincipal().WithConditions(new Dictionary<string, object> { [\"StringEquals\"] = new Dictionary<string, object> { [\"aws:PrincipalOrgID\"] = \"o-abcdefghij\" } }) }", "")]
    [InlineData("new RoleProps { AssumedBy = new PrincipalWithConditions(new AnyPrincipal(), new Dictionary<string, object> { [\"Bool\"] = new Dictionary<string, object> { [\"aws:SecureTransport\"] = \"true\" } }) }", "PSEC2001")]
    [InlineData("new RoleProps { AssumedBy = new PrincipalWithConditions(new AnyPrincipal(), new Dictionary<string, object> { [\"StringEquals\"] = new Dictionary<string, object> { [\"aws:PrincipalOrgID\"] = \"o-abcdefghij\" } }) }", "")]
    [InlineData("new RoleProps { AssumedBy = new PrincipalWithConditions(new AnyPrincipal(), (Dictionary<string, object>)x) }", "")]
    [InlineData("new RoleProps { AssumedBy = new AnyPrincipal().WithSessionTags() }", "PSEC2001")]
    [InlineData("new RoleProps { AssumedBy = new SessionTagsPrincipal(new AnyPrincipal()) }", "PSEC2001")]
    [InlineData("new RoleProps { AssumedBy = new AccountPrincipal(\"111122223333\").WithSessionTags() }", "")]
    [InlineData("new RoleProps { AssumedBy = new CompositePrincipal(new OrganizationPrincipal(\"o-abcdefghij\"), new AnyPrincipal()) }", "PSEC2001")]
    [InlineData("new RoleProps { AssumedBy = new CompositePrincipal(new OrganizationPrincipal(\"o-abcdefghij\"), new AccountPrincipal(\"111122223333\")) }", "")]
    [InlineData("((Role)x).AddToPolicy(PolicyStatement.FromJson(new Dictionary<string, object> { [\"Effect\"] = \"Allow\", [\"Action\"] = \"*\", [\"Resource\"] = \"*\" }));", "PSEC2002")]
    [InlineData("((Role)x).AddToPolicy(PolicyStatement.FromJson(new { Effect = \"Allow\", Action = \"*\", Resource = \"*\" }));", "PSEC2002")]
    [InlineData("((Role)x).AddToPolicy(PolicyStatement.FromJson(new { Effect = \"Deny\", Action = \"*\", Resource = \"*\" }));", "")]
    [InlineData("((IBucket)x).AddToResourcePolicy(PolicyStatement.FromJson(new { Effect = \"Allow\", Principal = \"*\", Action = \"s3:GetObject\", Resource = \"arn:aws:s3:::site/*\" }));", "PSEC2001")]
    [InlineData("var read = PolicyStatement.FromJson(new { Effect = \"Allow\", Action = \"*\", Resource = \"*\" }); read.Effect = Effect.DENY; ((Role)x).AddToPolicy(read);", "")]
    [InlineData("Grant.AddToPrincipalOrResource(new GrantWithResourceOptions { Grantee = new AnyPrincipal(), Actions = new[] { \"s3:GetObject\" }, ResourceArns = new[] { \"*\" }, Resource = (IResourceWithPolicy)x });", "PSEC2001")]
    [InlineData("Grant.AddToPrincipalOrResource(new GrantWithResourceOptions { Grantee = (Role)y, Actions = new[] { \"s3:GetObject\" }, ResourceArns = new[] { \"*\" }, Resource = (IResourceWithPolicy)x });", "")]
    [InlineData("Grant.AddToPrincipalOrResource(new GrantWithResourceOptions { Grantee = new OrganizationPrincipal(\"o-abcdefghij\"), Actions = new[] { \"s3:GetObject\" }, ResourceArns = new[] { \"*\" }, Resource = (IResourceWithPolicy)x });", "")]
    [InlineData("new RoleProps { AssumedBy = new OrganizationPrincipal(\"o-abcdefghij\") }", "")]
    [InlineData("ManagedPolicy.FromAwsManagedPolicyName(\"AdministratorAccess\")", "PSEC2002")]
    [InlineData("ManagedPolicy.FromAwsManagedPolicyName(\"job-function/ViewOnlyAccess\")", "")]
    [InlineData("ManagedPolicy.FromManagedPolicyArn((Construct)x, \"a\", \"arn:aws:iam::aws:policy/AdministratorAccess\")", "PSEC2002")]
    [InlineData("new CfnRoleProps { ManagedPolicyArns = new[] { \"arn:aws:iam::aws:policy/AdministratorAccess\" } }", "PSEC2002")]
    [InlineData("((Bucket)x).GrantPublicAccess();", "PSEC2001")]
    [InlineData("new BucketProps { PublicReadAccess = true }", "PSEC2001")]
    [InlineData("new BucketProps { PublicReadAccess = false }", "")]
    [InlineData("new BucketProps { AccessControl = BucketAccessControl.PUBLIC_READ, BlockPublicAccess = new BlockPublicAccess(new BlockPublicAccessOptions { BlockPublicAcls = false, IgnorePublicAcls = false }) }", "PSEC2001")]
    [InlineData("new BucketProps { AccessControl = BucketAccessControl.AUTHENTICATED_READ, ObjectOwnership = ObjectOwnership.OBJECT_WRITER, BlockPublicAccess = new BlockPublicAccess(new BlockPublicAccessOptions()) }", "PSEC2001")]
    [InlineData("new BucketProps { AccessControl = BucketAccessControl.PUBLIC_READ, ObjectOwnership = ObjectOwnership.BUCKET_OWNER_ENFORCED, BlockPublicAccess = new BlockPublicAccess(new BlockPublicAccessOptions()) }", "")]
    [InlineData("new BucketProps { AccessControl = BucketAccessControl.PUBLIC_READ, BlockPublicAccess = BlockPublicAccess.BLOCK_ACLS }", "")]
    [InlineData("new BucketProps { AccessControl = BucketAccessControl.PUBLIC_READ, BlockPublicAccess = (BlockPublicAccess)x }", "")]
    [InlineData("new BucketProps { AccessControl = BucketAccessControl.PUBLIC_READ }", "")]
    [InlineData("new BucketProps { AccessControl = BucketAccessControl.PRIVATE, BlockPublicAccess = new BlockPublicAccess(new BlockPublicAccessOptions()) }", "")]
    [InlineData("((Function)x).AddPermission(\"p\", new Permission { Principal = new AnyPrincipal() });", "PSEC2001")]
    [InlineData("((Function)x).AddPermission(\"p\", new Permission { Principal = new AnyPrincipal(), OrganizationId = \"o-abcdefghij\" });", "")]
    [InlineData("((Function)x).AddPermission(\"p\", new Permission { Principal = new ArnPrincipal(\"arn:aws:iam::111122223333:role/r\") });", "")]
    [InlineData("((Function)x).AddFunctionUrl(new FunctionUrlOptions { AuthType = FunctionUrlAuthType.NONE });", "PSEC2001")]
    [InlineData("((Function)x).AddFunctionUrl(new FunctionUrlOptions { AuthType = FunctionUrlAuthType.AWS_IAM });", "")]
    [InlineData("((IBucket)x).GrantRead(new AnyPrincipal());", "PSEC2001")]
    [InlineData("((Queue)x).GrantSendMessages(new StarPrincipal());", "PSEC2001")]
    [InlineData("((Queue)x).GrantSendMessages((Role)y);", "")]
    [InlineData("((Role)x).GrantAssumeRole(new AnyPrincipal());", "PSEC2001")]
    [InlineData("IPrincipal who = new AnyPrincipal(); object z = new RoleProps { AssumedBy = who };", "PSEC2001")]
    [InlineData("IPrincipal who = new AnyPrincipal(); who = (Role)y; object z = new RoleProps { AssumedBy = who };", "")]
    [InlineData("var who = new StarPrincipal(); ((IBucket)x).GrantRead(who);", "PSEC2001")]
    [InlineData("((IBucket)x).GrantRead(new ArnPrincipal(\"*\"));", "PSEC2001")]
    [InlineData("((IBucket)x).GrantRead(new ArnPrincipal(\"arn:aws:iam::111122223333:role/r\"));", "")]
    [InlineData("Grant given = ((IBucket)x).GrantRead(new StarPrincipal()); given.AssertSuccess();", "PSEC2001")]
    [InlineData("_ = ((Bucket)x).GrantPublicAccess();", "PSEC2001")]
    [InlineData("Grant given = ((Bucket)x).GrantPublicAccess(); given.ResourceStatement!.AddCondition(\"IpAddress\", new Dictionary<string, string>());", "")]
    [InlineData("var given = new Permission { Principal = new AnyPrincipal() }; ((Function)x).AddPermission(\"p\", given);", "PSEC2001")]
    [InlineData("new CfnPermissionProps { Action = \"lambda:InvokeFunction\", FunctionName = \"f\", Principal = \"*\" }", "PSEC2001")]
    [InlineData("new CfnPermissionProps { Action = \"lambda:InvokeFunction\", FunctionName = \"f\", Principal = \"*\", PrincipalOrgId = \"o-abcdefghij\" }", "")]
    [InlineData("new CfnPermissionProps { Action = \"lambda:InvokeFunction\", FunctionName = \"f\", Principal = \"111122223333\" }", "")]
    [InlineData("new CfnPermissionProps { Action = \"lambda:InvokeFunction\", FunctionName = \"f\", Principal = x.ToString()! }", "")]
    [InlineData("new CfnUrlProps { TargetFunctionArn = \"f\", AuthType = \"NONE\" }", "PSEC2001")]
    [InlineData("new CfnUrlProps { TargetFunctionArn = \"f\", AuthType = \"AWS_IAM\" }", "")]
    [InlineData("((LayerVersion)x).AddPermission(\"p\", new LayerVersionPermission { AccountId = \"*\" });", "PSEC2001")]
    [InlineData("((LayerVersion)x).AddPermission(\"p\", new LayerVersionPermission { AccountId = \"*\", OrganizationId = \"o-abcdefghij\" });", "")]
    [InlineData("var reading = new PolicyStatementProps { Principals = new IPrincipal[] { new StarPrincipal() }, Actions = new[] { \"s3:GetObject\" }, Resources = new[] { \"*\" } }; ((IBucket)x).AddToResourcePolicy(new PolicyStatement(reading));", "PSEC2001")]
    [InlineData("((IBucket)x).AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps { Principals = new IPrincipal[] { new StarPrincipal() }, Actions = new[] { \"s3:GetObject\" }, Resources = new[] { $\"arn:aws:s3:::{x}\" } }));", "PSEC2001")]
    [InlineData("((IBucket)x).AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps { Principals = new IPrincipal[] { new StarPrincipal() }, Actions = new[] { \"s3:ListBucket\" }, Resources = new[] { $\"arn:aws:s3:::{x}\" } }));", "PSEC2001")]
    [InlineData("((IBucket)x).AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps { Principals = new IPrincipal[] { new StarPrincipal() }, Actions = new[] { \"s3:GetObject\" }, Resources = new[] { $\"arn:aws:s3:::{x}/*\" } }));", "PSEC2001")]
    [InlineData("((IBucket)x).AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps { Principals = new IPrincipal[] { new AccountPrincipal(\"111122223333\") }, Actions = new[] { \"s3:GetObject\" }, Resources = new[] { $\"arn:aws:s3:::{x}\" } }));", "")]
    [InlineData("((IBucket)x).AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps { Principals = new IPrincipal[] { new StarPrincipal() }, Actions = new[] { \"s3:GetObject\" }, Resources = new[] { $\"arn:aws:sqs:eu-west-1:111122223333:{x}\" } }));", "")]
    public void Grants_of_the_CDK_to_everybody_are_found(string code, string rule) => Assert.Equal(rule, Found(code, "PSEC2001", "PSEC2002"));

    [Theory]
    [InlineData("new JsonObject { [\"Version\"] = \"2012-10-17\", [\"Statement\"] = new JsonArray(new JsonObject { [\"Effect\"] = \"Allow\", [\"Action\"] = \"*\", [\"Resource\"] = \"*\" }) }.ToJsonString()", "PSEC2002")]
    [InlineData("new JsonObject { { \"Version\", \"2012-10-17\" }, { \"Statement\", new JsonArray { new JsonObject { [\"Effect\"] = \"Allow\", [\"Action\"] = \"s3:GetObject\", [\"Resource\"] = \"*\" } } } }", "")]
    [InlineData("JsonSerializer.Serialize(new Document(\"2012-10-17\", [new Line(\"Allow\", [\"*\"], \"*\")]))", "PSEC2002")]
    [InlineData("JsonSerializer.Serialize(new Document(\"2012-10-17\", [new Line(\"Deny\", [\"*\"], \"*\")]))", "")]
    [InlineData("new Named { V = \"2012-10-17\", S = new[] { new Line(\"Allow\", new[] { \"*\" }, \"*\") } }", "PSEC2002")]
    [InlineData("new Dictionary<string, object>(StringComparer.Ordinal) { [\"Version\"] = \"2012-10-17\", [\"Statement\"] = new[] { new { Effect = \"Allow\", Action = Kept, Resource = Kept } } }", "PSEC2002")]
    [InlineData("new { Version = \"2012-10-17\", Statement = new[] { new { Effect = \"Allow\", Action = Braced, Resource = \"*\" } } }", "PSEC2002")]
    [InlineData("new { Version = \"2012-10-17\", Statement = new[] { new { Effect = \"Allow\", Action = Computed, Resource = \"*\" } } }", "PSEC2002")]
    [InlineData("new { Version = \"2012-10-17\", Statement = new[] { new { Effect = \"Allow\", Action = (string[])[.. Kept, \"s3:GetObject\"], Resource = \"*\" } } }", "PSEC2002")]
    [InlineData("var o = new JsonObject(); o[\"Version\"] = \"2012-10-17\"; o[\"Statement\"] = new JsonArray(new JsonObject { [\"Effect\"] = \"Allow\", [\"Action\"] = \"*\", [\"Resource\"] = \"*\" }); object z = o.ToJsonString();", "PSEC2002")]
    [InlineData("var lines = new JsonArray(); lines.Add(new JsonObject { [\"Effect\"] = \"Allow\", [\"Action\"] = \"*\", [\"Resource\"] = \"*\" }); object z = new JsonObject { [\"Version\"] = \"2012-10-17\", [\"Statement\"] = lines };", "PSEC2002")]
    [InlineData("var line = new Dictionary<string, object> { [\"Effect\"] = \"Allow\" }; line[\"Action\"] = \"*\"; line[\"Resource\"] = \"*\"; object z = new { Version = \"2012-10-17\", Statement = new[] { line } };", "PSEC2002")]
    [InlineData("var line = new Dictionary<string, object> { [\"Effect\"] = \"Allow\", [\"Action\"] = \"*\", [\"Resource\"] = \"*\" }; if (x == y) { line[\"Effect\"] = \"Deny\"; } object z = new { Version = \"2012-10-17\", Statement = new[] { line } };", "PSEC2002")]
    [InlineData("var line = new Dictionary<string, object> { [\"Effect\"] = \"Allow\", [\"Action\"] = \"*\", [\"Resource\"] = \"*\" }; while (x == y) { line[\"Effect\"] = \"Deny\"; } object z = new { Version = \"2012-10-17\", Statement = new[] { line } };", "")]
    [InlineData("var line = new Dictionary<string, object> { [\"Effect\"] = \"Allow\", [\"Action\"] = \"*\", [\"Resource\"] = \"*\" }; line[\"Effect\"] = \"Deny\"; object z = new { Version = \"2012-10-17\", Statement = new[] { line } };", "")]
    [InlineData("var lines = new List<object>(); lines.Add(new { Effect = \"Allow\", Action = \"*\", Resource = \"*\" }); object z = new { Version = \"2012-10-17\", Statement = lines };", "PSEC2002")]
    [InlineData("new JObject(new JProperty(\"Version\", \"2012-10-17\"), new JProperty(\"Statement\", new JArray(new JObject(new JProperty(\"Effect\", \"Allow\"), new JProperty(\"Action\", \"*\"), new JProperty(\"Resource\", \"*\")))))", "PSEC2002")]
    [InlineData("new JObject(new JProperty(\"Version\", \"2012-10-17\"), new JProperty(\"Statement\", new JArray(new JObject(new JProperty(\"Effect\", \"Deny\"), new JProperty(\"Action\", \"*\"), new JProperty(\"Resource\", \"*\")))))", "")]
    [InlineData("JsonSerializer.Serialize(new Plain { Statement = { new Deed { Action = \"*\" } } })", "PSEC2002")]
    [InlineData("JsonSerializer.Serialize(new Plain { Statement = { new Deed { Effect = \"Deny\", Action = \"*\" } } })", "")]
    [InlineData("new { principalId = \"me\", policyDocument = new { Version = \"2012-10-17\", Statement = new[] { new { Effect = \"Allow\", Action = \"*\", Resource = \"*\" } } } }", "")]
    [InlineData("new { Version = \"2012-10-17\", Statement = new[] { new { Effect = \"Allow\", Action = Changing, Resource = \"*\" } } }", "")]
    public void Policies_of_nodes_and_of_the_programs_own_types_are_read(string code, string rule) => Assert.Equal(rule, Found(code, "PSEC2002"));

    [Theory]
    [InlineData("\"{\\\"principalId\\\":\\\"me\\\",\\\"policyDocument\\\":{\\\"Version\\\":\\\"2012-10-17\\\",\\\"Statement\\\":[{\\\"Effect\\\":\\\"Allow\\\",\\\"Action\\\":\\\"*\\\",\\\"Resource\\\":\\\"*\\\"}]}}\"", "")]
    [InlineData("string.Format(\"{{\\\"Version\\\":\\\"2012-10-17\\\",\\\"Statement\\\":[{{\\\"Effect\\\":\\\"Allow\\\",\\\"Action\\\":\\\"*\\\",\\\"Resource\\\":\\\"*\\\",\\\"Sid\\\":\\\"{0}\\\"}}]}}\", x)", "PSEC2002")]
    [InlineData("string.Format(\"{{\\\"Version\\\":\\\"2012-10-17\\\",\\\"Statement\\\":[{{\\\"Effect\\\":\\\"{0}\\\",\\\"Action\\\":\\\"*\\\",\\\"Resource\\\":\\\"*\\\"}}]}}\", x)", "")]
    [InlineData("\"{\\\"Version\\\":\\\"2012-10-17\\\",\\\"Statement\\\":[{\\\"Effect\\\":\\\"Allow\\\",\\\"Action\\\":\\\"s3:GetObject\\\",\\\"Resource\\\":\\\"<<ARN>>\\\"}]}\".Replace(\"<<ARN>>\", x.ToString())", "")]
    [InlineData("\"{\\\"Version\\\":\\\"2012-10-17\\\",\\\"Statement\\\":[@LINES@]}\".Replace(\"@LINES@\", \"{\\\"Effect\\\":\\\"Allow\\\"}\")", "")]
    [InlineData("\"{\\\"Version\\\":\\\"2012-10-17\\\",\\\"Statement\\\":[{\\\"Effect\\\":\\\"Allow\\\",\\\"Action\\\":\\\"s3:GetObject\\\",\\\"Resource\\\":\\\"<<ARN>>\\\"}]}\".Trim()", "PSEC3007")]
    [InlineData("string text = \"{\\\"Version\\\":\\\"2012-10-17\\\",\\\"Statement\\\":[{\\\"Effect\\\":\\\"Allow\\\",\\\"Action\\\":\\\"s3:GetObject\\\",\\\"Resource\\\":\\\"<<ARN>>\\\"}]}\"; text = text.Replace(\"<<ARN>>\", x.ToString());", "")]
    [InlineData("string text = \"{\\\"Version\\\":\\\"2012-10-17\\\",\\\"Statement\\\":[{\\\"Effect\\\":\\\"Allow\\\",\\\"Action\\\":\\\"s3:GetObject\\\",\\\"Resource\\\":\\\"<<ARN>>\\\"}]}\"; text = text.Replace(\"other\", x.ToString());", "PSEC3007")]
    [InlineData("var text = new System.Text.StringBuilder(\"{\\\"Version\\\":\\\"2012-10-17\\\",\\\"Statement\\\":[{\\\"Effect\\\":\\\"Allow\\\",\\\"Action\\\":\\\"s3:GetObject\\\",\\\"Resource\\\":\\\"<<ARN>>\\\"}]}\"); text.Replace(\"<<ARN>>\", x.ToString());", "")]
    [InlineData("System.Text.RegularExpressions.Regex.Replace(\"{\\\"Version\\\":\\\"2012-10-17\\\",\\\"Statement\\\":[{\\\"Effect\\\":\\\"Allow\\\",\\\"Action\\\":\\\"s3:GetObject\\\",\\\"Resource\\\":\\\"<<ARN>>\\\"}]}\", \"<<.*>>\", \"x\")", "")]
    [InlineData("Sample.Text.Replace(\"<<ARN>>\", x.ToString())", "")]
    public void A_text_that_is_filled_in_or_holds_a_policy_is_none_as_it_stands(string code, string rules) => Assert.Equal(rules, Found(code));

    [Theory]
    [InlineData("new BucketProps { PublicReadAccess = true, BlockPublicAccess = BlockPublicAccess.BLOCK_ALL }", "info")]
    [InlineData("new BucketProps { PublicReadAccess = true, BlockPublicAccess = new BlockPublicAccess(new BlockPublicAccessOptions { BlockPublicPolicy = true }) }", "info")]
    [InlineData("new BucketProps { PublicReadAccess = true, BlockPublicAccess = BlockPublicAccess.BLOCK_ACLS }", "error")]
    [InlineData("var site = new Bucket((Construct)x, \"site\", new BucketProps { BlockPublicAccess = BlockPublicAccess.BLOCK_ALL }); site.GrantPublicAccess();", "info")]
    [InlineData("var site = new Bucket((Construct)x, \"site\", new BucketProps { BlockPublicAccess = BlockPublicAccess.BLOCK_ALL }); site.GrantRead(new AnyPrincipal());", "info")]
    [InlineData("var site = new Bucket((Construct)x, \"site\", new BucketProps { BlockPublicAccess = BlockPublicAccess.BLOCK_ALL }); var s = new PolicyStatement(); s.AddAnyPrincipal(); s.AddActions(\"s3:GetObject\"); s.AddResources(site.ArnForObjects(\"*\")); site.AddToResourcePolicy(s);", "info")]
    [InlineData("var site = new Bucket((Construct)x, \"site\"); site.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps { Principals = new IPrincipal[] { new AnyPrincipal() }, Actions = new[] { \"s3:GetObject\" }, Resources = new[] { site.ArnForObjects(\"*\") } }));", "error")]
    public void What_blocks_public_access_takes_it_away(string code, string severity) =>
        Assert.Equal(severity, string.Join(' ', Lines(code).Where(line => line.Contains(" PSEC2001: ", StringComparison.Ordinal)).Select(line => line.Split(' ')[1])));

    [Theory]
    [InlineData("((Amazon.SQS.IAmazonSQS)x).AddPermissionAsync(\"url\", \"label\", new List<string> { \"*\" }, new List<string> { \"SendMessage\" });", "anyone may call sqs:SendMessage")]
    [InlineData("((Amazon.SQS.IAmazonSQS)x).AddPermissionAsync(\"url\", \"label\", actions: new List<string> { \"*\" }, awsAccountIds: new List<string> { \"*\" });", "anyone may call sqs:")]
    [InlineData("((Amazon.SQS.IAmazonSQS)x).AddPermissionAsync(\"url\", \"label\", new List<string> { \"111122223333\" }, new List<string> { \"SendMessage\" });", "")]
    [InlineData("((Amazon.SQS.IAmazonSQS)x).AddPermissionAsync(\"url\", \"label\", new List<string> { x.ToString()! }, new List<string> { \"SendMessage\" });", "")]
    [InlineData("new Amazon.SQS.Model.AddPermissionRequest { Label = \"l\", AWSAccountIds = new List<string> { \"*\" }, Actions = new List<string> { \"ReceiveMessage\" } }", "anyone may call sqs:ReceiveMessage")]
    [InlineData("new Amazon.SQS.Model.AddPermissionRequest(\"url\", \"label\", new List<string> { \"*\" }, new List<string> { \"ReceiveMessage\" })", "anyone may call sqs:ReceiveMessage")]
    [InlineData("new Amazon.SQS.Model.AddPermissionRequest { Label = \"l\", AWSAccountIds = new List<string> { \"111122223333\" }, Actions = new List<string> { \"ReceiveMessage\" } }", "")]
    [InlineData("var r = new Amazon.SQS.Model.AddPermissionRequest(); r.AWSAccountIds = new List<string> { \"*\" }; r.Actions = new List<string> { \"ReceiveMessage\" };", "anyone may call sqs:ReceiveMessage")]
    [InlineData("var r = new Amazon.SQS.Model.AddPermissionRequest(); r.AWSAccountIds.Add(\"*\"); r.Actions.Add(\"ReceiveMessage\");", "anyone may call sqs:ReceiveMessage")]
    [InlineData("var r = new Amazon.SQS.Model.AddPermissionRequest { AWSAccountIds = new List<string> { \"*\" } }; while (x == y) { r.Actions = new List<string> { \"ReceiveMessage\" }; } y = x;", "")]
    [InlineData("new Amazon.SimpleNotificationService.Model.AddPermissionRequest { AWSAccountId = new List<string> { \"*\" }, ActionName = new List<string> { \"Publish\" } }", "anyone may call sns:Publish")]
    [InlineData("new Amazon.SimpleNotificationService.Client().AddPermissionAsync(\"topic\", \"label\", new List<string> { \"*\" }, new List<string> { \"Subscribe\" });", "anyone may call sns:Subscribe")]
    [InlineData("new Amazon.S3.Model.PutBucketRequest { CannedACL = Amazon.S3.S3CannedACL.PublicRead }", "anyone may call s3:ListBucket")]
    [InlineData("new Amazon.S3.Model.PutBucketRequest { CannedACL = Amazon.S3.S3CannedACL.PublicRead, ObjectOwnership = Amazon.S3.ObjectOwnership.BucketOwnerEnforced }", "")]
    [InlineData("new Amazon.S3.Model.PutBucketRequest { CannedACL = Amazon.S3.S3CannedACL.Private }", "")]
    [InlineData("new Amazon.S3.Model.PutBucketAclRequest { ACL = Amazon.S3.S3CannedACL.PublicReadWrite }", "anyone may call s3:ListBucket")]
    [InlineData("new Amazon.S3.Model.PutObjectRequest { CannedACL = Amazon.S3.S3CannedACL.PublicRead }", "anyone may call s3:GetObject")]
    [InlineData("var put = new Amazon.S3.Model.PutObjectAclRequest(); put.ACL = Amazon.S3.S3CannedACL.AuthenticatedRead;", "anyone may call s3:GetObject")]
    [InlineData("new Amazon.S3.Transfer.TransferUtilityUploadRequest { CannedACL = Amazon.S3.S3CannedACL.PublicRead }", "anyone may call s3:GetObject")]
    public void What_the_SDK_opens_to_everybody_is_found(string code, string message)
    {
        string[] found = [.. Lines(code).Where(line => line.Contains(" PSEC2001: ", StringComparison.Ordinal))];
        Assert.Equal(message.Length == 0 ? 0 : 1, found.Length);
        Assert.All(found, line => Assert.Contains(" error PSEC2001: " + message, line, StringComparison.Ordinal));
    }

    private static string Found(string code, params string[] rules) =>
        string.Join(' ', Lines(code).Select(line => line.Split(' ')[2].TrimEnd(':')).Where(id => rules.Length == 0 || rules.Contains(id)).Distinct());

    private static string[] Lines(string code)
    {
        string text = Usings + "record Line(string Effect, string[] Action, string Resource);\nrecord Document(string Version, Line[] Statement);\n"
            + "class Named { [System.Text.Json.Serialization.JsonPropertyName(\"Version\")] public string? V { get; set; } [System.Text.Json.Serialization.JsonPropertyName(\"Statement\")] public Line[]? S { get; set; } }\n"
            + "class Plain { public string Version { get; set; } = \"2012-10-17\"; public List<Deed> Statement { get; set; } = new(); }\n"
            + "class Deed { public string Effect { get; set; } = \"Allow\"; public string Action { get; set; } = \"\"; public string Resource { get; set; } = \"*\"; }\n"
            + SdkStubs.Topics + "\n"
            + "class JObject { public JObject(params object[] content) { } } class JArray { public JArray(params object[] content) { } } class JProperty { public JProperty(string name, object? content) { } }\n"
            + "class Sample { static readonly string[] Kept = [\"*\"]; string[] Changing = [\"*\"]; static readonly string[] Braced = { \"*\" }; static string[] Computed => [\"*\"]; "
            + (code.StartsWith("Sample.Text", StringComparison.Ordinal) ? "const string Text = \"{\\\"Version\\\":\\\"2012-10-17\\\",\\\"Statement\\\":[{\\\"Effect\\\":\\\"Allow\\\",\\\"Action\\\":\\\"s3:GetObject\\\",\\\"Resource\\\":\\\"<<ARN>>\\\"}]}\"; " : "")
            + "void M(object x, object y) { "
            + (code.EndsWith(';') ? code : $"object z = {code};") + " } }\n";
        return Compiled.Diagnostics(text, Compiled.Cdk);
    }
}
