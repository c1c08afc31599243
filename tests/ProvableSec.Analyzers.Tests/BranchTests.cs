namespace ProvableSec.Analyzers.Tests;

/// <summary>Policies that code assembles in branches and loops: each branch is judged, and a finding says on which it is.</summary>
public sealed class BranchTests
{
    private const string Usings = "using System.Collections.Generic;\nusing Amazon.CDK.AWS.IAM;\nusing Amazon.CDK.AWS.S3;\nusing Amazon.CDK.AWS.SNS;\nusing Amazon.CDK.AWS.SQS;\n";
    private const string Public = "PSEC2001: anyone may call s3:GetObject", Organization = "s.AddCondition(\"StringEquals\", new Dictionary<string, object> { [\"aws:PrincipalOrgID\"] = \"o-abcdefghij\" });";
    private const string Everybody = "var s = new PolicyStatement(); s.AddActions(\"s3:GetObject\"); s.AddResources(b.ArnForObjects(\"*\")); s.AddAnyPrincipal(); ";
    private const string Text = "\"{\\\"Version\\\":\\\"2012-10-17\\\",\\\"Statement\\\":[{\\\"Effect\\\":\\\"Allow\\\",\\\"Principal\\\":{\\\"AWS\\\":\\\"\" + who + \"\\\"},\\\"Action\\\":\\\"s3:GetObject\\\",\\\"Resource\\\":\\\"arn:aws:s3:::b/*\\\"}]}\"";

    public static TheoryData<string, string> Branches() => new()
    {
        { Everybody + "if (!open) { " + Organization + " } b.AddToResourcePolicy(s);", Public + "|(where open)" },
        { Everybody + "if (!open) { " + Organization + " } else { } b.AddToResourcePolicy(s);", Public + "|(where open)" },
        { Everybody + "if (open) { if (other) { " + Organization + " } } else { s.Effect = Effect.DENY; } b.AddToResourcePolicy(s);", Public + "|(where open and not other)" },
        { Everybody + Organization + " if (open) { s.AddActions(\"s3:PutObject\"); } b.AddToResourcePolicy(s);", "" },
        { Everybody + "if (open) { s.AddActions(\"s3:PutObject\"); } b.AddToResourcePolicy(s);", Public + "|!where" },
        { Everybody + "if (r.RoleName == \"a\") { " + Organization + " } b.AddToResourcePolicy(s);", Public + "|(where the condition in line 7 does not hold)" },
        // What is not a branch, or leaves it, may have been done or not.
        { Everybody + "while (open) { " + Organization + " } b.AddToResourcePolicy(s);", "" },
        { Everybody + "if (open) { " + Organization + " return; } b.AddToResourcePolicy(s);", "" },
        { Everybody + "try { " + Organization + " } finally { b.AddToResourcePolicy(s); }", "" },
        { "r.AddToPolicy(new PolicyStatement(new PolicyStatementProps { Actions = new[] { \"iam:PassRole\" }, Resources = new[] { open ? \"*\" : \"arn:aws:iam::111122223333:role/r\" } }));", "PSEC2107|(where open)" },
        { "r.AddToPolicy(new PolicyStatement(new PolicyStatementProps { Actions = new[] { \"iam:PassRole\" }, Resources = open ? new[] { \"arn:aws:iam::111122223333:role/r\" } : new[] { \"*\" } }));", "PSEC2107|(where not open)" },
        { "r.AddToPolicy(new PolicyStatement(new PolicyStatementProps { Effect = open ? Effect.ALLOW : Effect.DENY, Actions = new[] { \"iam:PassRole\" }, Resources = new[] { \"*\" } }));", "PSEC2107|(where open)" },
        { "r.AddToPolicy(new PolicyStatement(new PolicyStatementProps { Actions = new[] { \"iam:PassRole\" }, Resources = new[] { name switch { \"a\" => \"arn:aws:iam::111122223333:role/r\", _ => \"*\" } } }));", "PSEC2107|(where the case of line 7 is met)" },
        { "r.AddToPolicy(new PolicyStatement(new PolicyStatementProps { Actions = new[] { \"iam:PassRole\" }, Resources = new[] { open ? name : \"arn:aws:iam::111122223333:role/r\" } }));", "" },
        { "string who = \"111122223333\"; if (open) { who = \"*\"; } object p = " + Text + ";", Public + "|(where open)" },
        { "string who; if (open) { who = \"*\"; } else { who = \"111122223333\"; } object p = " + Text + ";", Public + "|(where open)" },
        { "string who = \"*\"; who = \"111122223333\"; object p = " + Text + ";", "" },
        { "string who = \"111122223333\"; who = \"*\"; object p = " + Text + ";", Public + "|!where" },
        { "string who = \"*\"; while (open) { who = \"111122223333\"; } object p = " + Text + ";", "" },
        { "string who = \"111122223333\"; object p = " + Text + "; who = \"*\";", "" },
        { "string who = open ? \"*\" : \"111122223333\"; object p = " + Text + ";", Public + "|(where open)" },
        // A loop over constants: what is made in it is made for each, what is filled in it has all.
        { "foreach (var a in new[] { \"s3:GetObject\", \"s3:PutObjekt\" }) { r.AddToPolicy(new PolicyStatement(new PolicyStatementProps { Actions = new[] { a }, Resources = new[] { \"arn:aws:s3:::b/*\" } })); }", "PSEC3005|(where the item of the loop is \"s3:PutObjekt\")" },
        { "var s = new PolicyStatement(); foreach (var a in new[] { \"s3:GetObject\", \"s3:PutObjekt\" }) { s.AddActions(a); } s.AddResources(\"arn:aws:s3:::b/*\"); r.AddToPolicy(s);", "PSEC3005|!where" },
        { "var list = new List<string>(); foreach (var a in new[] { \"s3:GetObject\", \"s3:PutObjekt\" }) { list.Add(a); } object p = new { Version = \"2012-10-17\", Statement = new { Effect = \"Allow\", Action = list, Resource = \"arn:aws:s3:::b/*\" } };", "PSEC3005|!where" },
        { "foreach (var who in Accounts) { object p = " + Text + "; }", Public + "|(where the item of the loop is \"*\")" },
        { "foreach (var a in names) { r.AddToPolicy(new PolicyStatement(new PolicyStatementProps { Actions = new[] { a }, Resources = new[] { \"*\" } })); }", "" },
        { "var s = new PolicyStatement(); foreach (var a in names) { s.AddActions(a); } s.AddActions(\"s3:PutObjekt\"); s.AddResources(\"*\"); r.AddToPolicy(s);", "" },
        { "var s = new PolicyStatement(); foreach (var a in new[] { \"GetObject\", \"PutObjekt\" }) { s.AddActions(\"s3:\" + a); } s.AddResources(\"arn:aws:s3:::b/*\"); r.AddToPolicy(s);", "" },
    };

    [Theory]
    [MemberData(nameof(Branches))]
    public void Each_branch_is_judged(string code, string expected)
    {
        string[] parts = expected.Split('|');
        string[] found = [.. Found(code).Where(line => parts[0].Length == 0 ? line.Contains(" error ", StringComparison.Ordinal) || line.Contains(" PSEC2", StringComparison.Ordinal) : line.Contains($" {parts[0].Split(':')[0]}: ", StringComparison.Ordinal))];
        Assert.Equal(parts[0].Length == 0 ? 0 : 1, found.Length);
        Assert.All(found, line => Assert.Contains(" " + parts[0], line, StringComparison.Ordinal));
        Assert.All(found, line => Assert.True(parts[1] == "!where" ? !line.Contains("(where", StringComparison.Ordinal) : line.EndsWith(parts[1], StringComparison.Ordinal), line));
    }

    [Fact]
    public void More_branches_than_are_tried_are_unknown()
    {
        string code = Everybody + string.Concat(Enumerable.Range(0, 5).Select(i => $"if (names.Length > {i}) {{ s.AddActions(\"s3:Get{i}\"); }} ")) + "b.AddToResourcePolicy(s);";
        Assert.DoesNotContain(Found(code), line => line.Contains("PSEC2001", StringComparison.Ordinal));
        Assert.Contains(Found(code.Replace("if (names.Length > 4)", "", StringComparison.Ordinal)), line => line.Contains("PSEC2001", StringComparison.Ordinal));
    }

    [Fact]
    public void A_condition_with_a_text_is_not_shown()
    {
        string line = Assert.Single(Found("r.AddToPolicy(new PolicyStatement(new PolicyStatementProps { Actions = new[] { \"iam:PassRole\" }, Resources = new[] { name == \"nobody's business\" ? \"*\" : \"arn:aws:iam::111122223333:role/r\" } }));"), line => line.Contains("PSEC2107", StringComparison.Ordinal));
        Assert.EndsWith("(where the condition in line 7 holds)", line, StringComparison.Ordinal);
    }

    /// <summary>What the CDK's constructs give is known in shape.</summary>
    [Theory]
    [InlineData("b.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps { Principals = new IPrincipal[] { new AnyPrincipal() }, Actions = new[] { \"s3:GetObject\" }, Resources = new[] { b.BucketArn + \"/*\" } }));", true)]
    [InlineData("var all = $\"{b.BucketArn}/*\"; b.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps { Principals = new IPrincipal[] { new AnyPrincipal() }, Actions = new[] { \"s3:GetObject\" }, Resources = new[] { all } }));", true)]
    [InlineData("b.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps { Principals = new IPrincipal[] { new AnyPrincipal() }, Actions = new[] { \"s3:GetObject\" }, Resources = new[] { b.ArnForObjects(\"a/\" + name) } }));", true)]
    [InlineData("b.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps { Principals = new IPrincipal[] { new AnyPrincipal() }, Actions = new[] { \"s3:GetObject\" }, Resources = new[] { $\"arn:aws:s3:::{b.BucketName}/*\" } }));", true)]
    // A bucket has no key in its name: nobody gets an object.
    [InlineData("b.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps { Principals = new IPrincipal[] { new AnyPrincipal() }, Actions = new[] { \"s3:GetObject\" }, Resources = new[] { b.BucketArn } }));", false)]
    [InlineData("b.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps { Principals = new IPrincipal[] { new AnyPrincipal() }, Actions = new[] { \"s3:GetObject\" }, Resources = new[] { $\"arn:aws:s3:::{b.BucketName}\" } }));", false)]
    [InlineData("b.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps { Principals = new IPrincipal[] { new AnyPrincipal() }, Actions = new[] { \"s3:GetObject\" }, Resources = new[] { q.QueueArn } }));", false)]
    [InlineData("q.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps { Principals = new IPrincipal[] { new AnyPrincipal() }, Actions = new[] { \"sqs:SendMessage\" }, Resources = new[] { q.QueueArn } }));", true)]
    [InlineData("q.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps { Principals = new IPrincipal[] { new AnyPrincipal() }, Actions = new[] { \"sqs:SendMessage\" }, Resources = new[] { q.QueueArn }, Conditions = new Dictionary<string, object> { [\"ArnEquals\"] = new Dictionary<string, object> { [\"aws:SourceArn\"] = t.TopicArn } } }));", false)]
    [InlineData("b.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps { Principals = new IPrincipal[] { new ArnPrincipal(r.RoleArn) }, Actions = new[] { \"s3:GetObject\" }, Resources = new[] { b.ArnForObjects(\"*\") } }));", false)]
    [InlineData("object p = new CfnBucketPolicyProps { PolicyDocument = new Dictionary<string, object> { [\"Version\"] = \"2012-10-17\", [\"Statement\"] = new Dictionary<string, object> { [\"Effect\"] = \"Allow\", [\"Principal\"] = \"*\", [\"Action\"] = \"s3:GetObject\", [\"Resource\"] = c.AttrArn + \"/*\" } } };", true)]
    [InlineData("object p = new CfnBucketPolicyProps { PolicyDocument = new Dictionary<string, object> { [\"Version\"] = \"2012-10-17\", [\"Statement\"] = new Dictionary<string, object> { [\"Effect\"] = \"Allow\", [\"Principal\"] = \"*\", [\"Action\"] = \"s3:GetObject\", [\"Resource\"] = c.AttrArn } } };", false)]
    public void The_ARN_of_a_construct_has_the_shape_of_its_kind(string code, bool isPublic)
    {
        string[] found = Found(code);
        Assert.Equal(isPublic ? 1 : 0, found.Count(line => line.Contains(" PSEC2001: ", StringComparison.Ordinal)));
        Assert.DoesNotContain(found, line => line.Contains(" PSEC3213: ", StringComparison.Ordinal));
    }

    private static string[] Found(string code) =>
        Compiled.Diagnostics(Usings + "class Sample { static readonly string[] Accounts = { \"111122223333\", \"*\" };\nvoid M(Bucket b, CfnBucket c, Queue q, Topic t, Role r, string[] names, string name, bool open, bool other) {" + code + " } }\n", Compiled.Cdk);
}
