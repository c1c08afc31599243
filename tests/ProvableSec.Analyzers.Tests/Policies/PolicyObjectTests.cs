
namespace ProvableSec.Analyzers.Tests.Policies;

/// <summary>Policies made of objects, with the real types of the CDK and of the SDK.</summary>
public sealed class PolicyObjectTests
{
    private const string Usings = "using System.Collections.Generic; using System.Text.Json; using Amazon.CDK.AWS.IAM; using Amazon.CDK.AWS.S3;\n";

    public static TheoryData<string> Made() =>
    [
        """object M() => new PolicyStatement(new PolicyStatementProps { Actions = new[] { {|PSEC3005:"s3:GetObjects"|} }, Resources = new[] { "arn:aws:s3:::b/*" } });""",
        """object M() => new PolicyStatement(new PolicyStatementProps { Actions = [{|PSEC3005:"s3:GetObjects"|}], Resources = ["arn:aws:s3:::b/*"] });""",
        """void M(Role r) => r.AddToPolicy(new PolicyStatement(new PolicyStatementProps { Effect = Effect.ALLOW, Actions = new[] { {|PSEC3005:"s3:" + "GetObjects"|} }, Resources = new[] { "*" } }));""",
        """void M(Role r) => r.AddToPolicy(new PolicyStatement(new PolicyStatementProps { Actions = new[] { {|PSEC2002:"*"|} }, Resources = new[] { "*" } }));""",
        """void M(Role r, string b) => r.AddToPolicy(new PolicyStatement(new PolicyStatementProps { Actions = new[] { "s3:GetObject" }, Resources = new[] { b } }));""",
        """void M(Role r, string[] a) => r.AddToPolicy(new PolicyStatement(new PolicyStatementProps { Actions = a, Resources = new[] { "*" } }));""",
        """void M(Bucket b) => b.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps { Actions = new[] { "s3:GetObject" }, Resources = new[] { b.ArnForObjects("*") }, Principals = new IPrincipal[] { {|PSEC2001:new AnyPrincipal()|} } }));""",
        """void M(Bucket b) => b.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps { Actions = new[] { "s3:GetObject" }, Resources = new[] { b.ArnForObjects("*") }, Principals = new IPrincipal[] { {|PSEC2001:new StarPrincipal()|} } }));""",
        """void M(Bucket b) => b.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps { Actions = new[] { "s3:GetObject" }, Resources = new[] { b.ArnForObjects("*") }, Principals = new IPrincipal[] { new OrganizationPrincipal("o-abcdefghij") } }));""",
        """void M(Bucket b, IPrincipal p) => b.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps { Actions = new[] { "s3:GetObject" }, Resources = new[] { b.ArnForObjects("*") }, Principals = new[] { p } }));""",
        """void M(Bucket b) => b.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps { Actions = new[] { "s3:GetObject" }, Resources = new[] { "arn:aws:s3:::b/*" }, Principals = new IPrincipal[] { new AnyPrincipal() }, Conditions = new Dictionary<string, object> { ["StringEquals"] = new Dictionary<string, string> { ["aws:PrincipalOrgID"] = "o-abcdefghij" } } }));""",
        """void M(Bucket b, IDictionary<string, object> c) => b.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps { Actions = new[] { "s3:GetObject" }, Resources = new[] { "arn:aws:s3:::b/*" }, Principals = new IPrincipal[] { new AnyPrincipal() }, Conditions = c }));""",
        """void M(Role r) { var s = new PolicyStatement(); s.AddActions({|PSEC3005:"s3:GetObjects"|}); s.AddResources("arn:aws:s3:::b/*"); r.AddToPolicy(s); }""",
        """void M(Role r) { var s = new PolicyStatement(); s.AddActions("s3:GetObject"); s.AddAllResources(); r.AddToPolicy(s); }""",
        """void M(Bucket b) { var s = new PolicyStatement(new PolicyStatementProps { Actions = new[] { "s3:GetObject" } }); s.AddResources("arn:aws:s3:::b/*"); {|PSEC2001:s.AddAnyPrincipal()|}; b.AddToResourcePolicy(s); }""",
        """void M(Bucket b) { var s = new PolicyStatement(new PolicyStatementProps { Actions = new[] { "s3:GetObject" } }); s.AddResources("arn:aws:s3:::b/*"); s.AddAnyPrincipal(); s.AddCondition("StringEquals", new Dictionary<string, string> { { "aws:PrincipalOrgID", "o-abcdefghij" } }); b.AddToResourcePolicy(s); }""",
        """void M(Bucket b, bool c) { var s = new PolicyStatement(); s.AddActions("s3:GetObject"); s.AddResources("arn:aws:s3:::b/*"); {|PSEC2001:s.AddAnyPrincipal()|}; if (c) { s.Effect = Effect.DENY; } b.AddToResourcePolicy(s); }""",
        """void M(Bucket b, bool c) { var s = new PolicyStatement(); s.AddActions("s3:GetObject"); s.AddResources("arn:aws:s3:::b/*"); s.AddAnyPrincipal(); while (c) { s.Effect = Effect.DENY; } b.AddToResourcePolicy(s); }""",
        """void M(Bucket b) { var s = new PolicyStatement(); s.AddActions("s3:GetObject"); s.AddResources("arn:aws:s3:::b/*"); s.AddAnyPrincipal(); s.Effect = Effect.DENY; b.AddToResourcePolicy(s); }""",
        """object M() => new PolicyDocument(new PolicyDocumentProps { Statements = new[] { new PolicyStatement(new PolicyStatementProps { Actions = new[] { {|PSEC2002:"*"|} }, Resources = new[] { "*" } }) } });""",
        """object M() => new PolicyDocument(new PolicyDocumentProps { Statements = new[] { new PolicyStatement(new PolicyStatementProps { Actions = new[] { {|PSEC2003:"*"|} }, Resources = new[] { "*" } }), new PolicyStatement(new PolicyStatementProps { Effect = Effect.DENY, Actions = new[] { "iam:*" }, Resources = new[] { "*" } }) } });""",
        """object M(Constructs.Construct c) => new ManagedPolicy(c, "m", new ManagedPolicyProps { Statements = new[] { new PolicyStatement(new PolicyStatementProps { Actions = new[] { {|PSEC2002:"*"|} }, Resources = new[] { "*" } }) } });""",
        """void M(Constructs.Construct c, Role r) => PermissionsBoundary.Of(r).Apply(new ManagedPolicy(c, "m", new ManagedPolicyProps { Statements = new[] { new PolicyStatement(new PolicyStatementProps { Actions = new[] { "*" }, Resources = new[] { "*" } }) } }));""",
        """object M(Constructs.Construct c) => new RoleProps { PermissionsBoundary = new ManagedPolicy(c, "m", new ManagedPolicyProps { Statements = new[] { new PolicyStatement(new PolicyStatementProps { Actions = new[] { "*" }, Resources = new[] { "*" } }) } }) };""",
        """object M() => new CfnPolicyProps { PolicyDocument = new Dictionary<string, object> { ["Version"] = "2012-10-17", ["Statement"] = new[] { new Dictionary<string, object> { ["Effect"] = "Allow", ["Action"] = {|PSEC2002:"*"|}, ["Resource"] = "*" } } } };""",
        """object M() => new Amazon.CDK.AWS.S3.CfnBucketPolicyProps { Bucket = "b", PolicyDocument = new Dictionary<string, object> { { "Version", "2012-10-17" }, { "Statement", new Dictionary<string, object> { { "Effect", "Allow" }, { "Principal", {|PSEC2001:"*"|} }, { "Action", "s3:GetObject" }, { "Resource", "arn:aws:s3:::b/*" } } } } };""",
        """object M() => new Amazon.CDK.AWS.Organizations.CfnPolicyProps { Type = "SERVICE_CONTROL_POLICY", Content = new Dictionary<string, object> { ["Version"] = "2012-10-17", ["Statement"] = new { Effect = "Allow", Action = "*", Resource = "*" } } };""",
        """string M() => JsonSerializer.Serialize(new { Version = "2012-10-17", Statement = new { Effect = "Allow", Action = {|PSEC3005:"s3:GetObjects"|}, Resource = "arn:aws:s3:::b/*" } });""",
        """string M() => JsonSerializer.Serialize(new { Version = "2012-10-17", Statement = new object[] { new { Effect = "Allow", Action = new[] { "s3:GetObject", {|PSEC3005:"s3:Nothing"|} }, Resource = "arn:aws:s3:::b/*" } } });""",
        """object M() => new Amazon.SecurityToken.Model.AssumeRoleRequest { Policy = JsonSerializer.Serialize(new { Version = "2012-10-17", Statement = new { Effect = "Allow", Action = "*", Resource = "*" } }) };""",
        """object M() => new { Statement = "of the account", Effect = 1, Action = 2 };""",
        """object M() => new Amazon.Auth.AccessControlPolicy.Policy().WithStatements(new Amazon.Auth.AccessControlPolicy.Statement(Amazon.Auth.AccessControlPolicy.Statement.StatementEffect.Allow).WithActionIdentifiers(new Amazon.Auth.AccessControlPolicy.ActionIdentifier("s3:GetObject")).WithResources(new Amazon.Auth.AccessControlPolicy.Resource("arn:aws:s3:::b/*")).WithPrincipals({|PSEC2001:Amazon.Auth.AccessControlPolicy.Principal.AllUsers|}));""",
        """object M() => new Amazon.Auth.AccessControlPolicy.Policy { Statements = { new Amazon.Auth.AccessControlPolicy.Statement(Amazon.Auth.AccessControlPolicy.Statement.StatementEffect.Allow) { Actions = { new Amazon.Auth.AccessControlPolicy.ActionIdentifier({|PSEC3005:"s3:GetObjects"|}) }, Resources = { new Amazon.Auth.AccessControlPolicy.Resource("arn:aws:s3:::b/*") } } } };""",
        """object M() => new Amazon.Auth.AccessControlPolicy.Statement(Amazon.Auth.AccessControlPolicy.Statement.StatementEffect.Allow) { Actions = [{|PSEC3005:"s3:GetObjects"|}], Resources = [new("arn:aws:s3:::b/*")] };""",
        """object M() => new Amazon.Auth.AccessControlPolicy.Policy().WithStatements(new Amazon.Auth.AccessControlPolicy.Statement(Amazon.Auth.AccessControlPolicy.Statement.StatementEffect.Allow).WithActionIdentifiers(new Amazon.Auth.AccessControlPolicy.ActionIdentifier("s3:GetObject")).WithResources(new Amazon.Auth.AccessControlPolicy.Resource("arn:aws:s3:::b/*")).WithPrincipals(Amazon.Auth.AccessControlPolicy.Principal.AllUsers).WithConditions(Amazon.Auth.AccessControlPolicy.ConditionFactory.NewCondition(Amazon.Auth.AccessControlPolicy.ConditionFactory.StringComparisonType.StringEquals, "aws:PrincipalOrgID", "o-abcdefghij")));""",
        """void M(Amazon.Auth.AccessControlPolicy.Policy p) { var s = new Amazon.Auth.AccessControlPolicy.Statement(Amazon.Auth.AccessControlPolicy.Statement.StatementEffect.Allow); s.Actions.Add("s3:GetObject"); s.Resources.Add(new("arn:aws:s3:::b/*")); s.Principals.Add({|PSEC2001:Amazon.Auth.AccessControlPolicy.Principal.AllUsers|}); p.Statements.Add(s); }""",
        """object M() => new Amazon.SQS.Model.SetQueueAttributesRequest { Attributes = new Dictionary<string, string> { ["Policy"] = JsonSerializer.Serialize(new { Version = "2012-10-17", Statement = new { Effect = "Allow", Principal = {|PSEC2001:"*"|}, Action = "sqs:SendMessage", Resource = "arn:aws:sqs:eu-west-1:111122223333:q" } }) } };""",
    ];

    [Theory]
    [MemberData(nameof(Made))]
    public Task A_policy_made_of_objects_is_judged(string member) => Marked.CheckAsync($"{Usings}class A {{ {member} }}", Marked.WithCdk);

    [Theory]
    [InlineData("class A { const string P = \"@\"; object M() => new Amazon.SecurityToken.Model.AssumeRoleRequest { Policy = P }; }")]
    [InlineData("class A { static readonly string P = \"@\"; object M() => new Amazon.SecurityToken.Model.AssumeRoleRequest { Policy = P }; }")]
    [InlineData("class A { static string P { get; } = \"@\"; object M() => new Amazon.SecurityToken.Model.AssumeRoleRequest { Policy = P }; }")]
    [InlineData("class A { object M() { const string p = \"@\"; return new Amazon.SecurityToken.Model.AssumeRoleRequest { Policy = p }; } }")]
    [InlineData("class A { object M() { var p = \"@\"; var r = new Amazon.SecurityToken.Model.AssumeRoleRequest(); r.Policy = p; return r; } }")]
    [InlineData("class A { object M() { var p = \"@\"; var q = p.Trim(); return new Amazon.SecurityToken.Model.AssumeRoleRequest { Policy = q }; } }")]
    [InlineData("class A { public const string P = \"@\"; } class B { object M() => new Amazon.SecurityToken.Model.AssumeRoleRequest { Policy = A.P }; }")]
    public async Task What_takes_a_constant_tells_what_it_is(string code)
    {
        const string Open = """{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": {|PSEC2002:\"*\"|}, \"Resource\": \"*\"}}""";
        await Marked.CheckAsync(Marked.Plain(code.Replace("@", Open, StringComparison.Ordinal)));
        await Marked.CheckAsync(code.Replace("@", Open, StringComparison.Ordinal).Replace("AssumeRoleRequest", "Tag", StringComparison.Ordinal)
            .Replace("Policy =", "Value =", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_takes_a_constant_may_be_in_another_file()
    {
        const string Constants = """namespace N; static class Policies { public const string Open = "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": {|PSEC2002:\"*\"|}, \"Resource\": \"*\"}}"; }""";
        const string Use = "class B { object M() => new Amazon.SecurityToken.Model.AssumeRoleRequest { Policy = N.Policies.Open }; }";
        await Marked.CheckAsync(Constants);
        await Marked.CheckAsync(Marked.Plain(Constants), test => test.TestState.Sources.Add(("b.cs", Use)));
    }
}
