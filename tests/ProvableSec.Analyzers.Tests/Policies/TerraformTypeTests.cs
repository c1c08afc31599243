namespace ProvableSec.Analyzers.Tests.Policies;

/// <summary>Policy documents of Terraform's AWS provider as Pulumi and CDK for Terraform have them, known by name: types of the same names stand for
/// theirs.</summary>
public sealed class TerraformTypeTests
{
    private const string Types = """
        namespace Pulumi { public class Input<T> { public static implicit operator Input<T>(T value) => new(); } public class InputList<T> { public static implicit operator InputList<T>(T[] values) => new(); } }
        namespace Pulumi.Aws.Iam.Inputs
        {
            public class GetPolicyDocumentStatementInputArgs { public Input<string> Effect { get; set; } public InputList<string> Actions { get; set; } public InputList<string> Resources { get; set; } public InputList<GetPolicyDocumentStatementPrincipalInputArgs> Principals { get; set; } }
            public class GetPolicyDocumentStatementPrincipalInputArgs { public Input<string> Type { get; set; } public InputList<string> Identifiers { get; set; } }
        }
        namespace Pulumi.Aws.Iam { public class GetPolicyDocumentInvokeArgs { public InputList<Inputs.GetPolicyDocumentStatementInputArgs> Statements { get; set; } } public class RolePolicyAttachmentArgs { public Input<string> PolicyArn { get; set; } } }
        namespace HashiCorp.Cdktf.Providers.Aws.DataAwsIamPolicyDocument
        {
            public class DataAwsIamPolicyDocumentConfig { public object Statement { get; set; } }
            public class DataAwsIamPolicyDocumentStatement { public string Effect { get; set; } public string[] Actions { get; set; } public string[] Resources { get; set; } public object Principals { get; set; } public object Condition { get; set; } }
            public class DataAwsIamPolicyDocumentStatementPrincipals { public string Type { get; set; } public string[] Identifiers { get; set; } }
            public class DataAwsIamPolicyDocumentStatementCondition { public string Test { get; set; } public string Variable { get; set; } public string[] Values { get; set; } }
        }
        """;

    public static TheoryData<string> Documents() =>
    [
        """new GetPolicyDocumentInvokeArgs { Statements = new[] { new GetPolicyDocumentStatementInputArgs { Effect = "Allow", Actions = new[] { {|PSEC2002:"*"|} }, Resources = new[] { "*" } } } }""",
        """new GetPolicyDocumentInvokeArgs { Statements = new[] { new GetPolicyDocumentStatementInputArgs { Effect = "Deny", Actions = new[] { "*" }, Resources = new[] { "*" } } } }""",
        """new GetPolicyDocumentInvokeArgs { Statements = new[] { new GetPolicyDocumentStatementInputArgs { Actions = new[] { "s3:GetObject" }, Resources = new[] { "arn:aws:s3:::b/*" }, Principals = new[] { new GetPolicyDocumentStatementPrincipalInputArgs { Type = "*", Identifiers = new[] { {|PSEC2001:"*"|} } } } } } }""",
        """new GetPolicyDocumentInvokeArgs { Statements = new[] { new GetPolicyDocumentStatementInputArgs { Actions = new[] { "s3:GetObject" }, Resources = new[] { "arn:aws:s3:::b/*" }, Principals = new[] { new GetPolicyDocumentStatementPrincipalInputArgs { Type = "AWS", Identifiers = new[] { "111122223333" } } } } } }""",
        """new RolePolicyAttachmentArgs { PolicyArn = {|PSEC2002:"arn:aws:iam::aws:policy/AdministratorAccess"|} }""",
        """new DataAwsIamPolicyDocumentConfig { Statement = new[] { new DataAwsIamPolicyDocumentStatement { Actions = new[] { {|PSEC2002:"*"|} }, Resources = new[] { "*" } } } }""",
        """new DataAwsIamPolicyDocumentConfig { Statement = new[] { new DataAwsIamPolicyDocumentStatement { Actions = new[] { "*" }, Resources = (string[])x } } }""",
        """new DataAwsIamPolicyDocumentConfig { Statement = new[] { new DataAwsIamPolicyDocumentStatement { Actions = new[] { "s3:GetObject" }, Resources = new[] { "arn:aws:s3:::b/*" }, Principals = new[] { new DataAwsIamPolicyDocumentStatementPrincipals { Type = "AWS", Identifiers = new[] { {|PSEC2001:"*"|} } } } } } }""",
        """new DataAwsIamPolicyDocumentConfig { Statement = new[] { new DataAwsIamPolicyDocumentStatement { Actions = new[] { "s3:GetObject" }, Resources = new[] { "arn:aws:s3:::b/*" }, Principals = new[] { new DataAwsIamPolicyDocumentStatementPrincipals { Type = "AWS", Identifiers = new[] { "*" } } }, Condition = new[] { new DataAwsIamPolicyDocumentStatementCondition { Test = "StringEquals", Variable = "aws:PrincipalOrgID", Values = new[] { "o-abcdefghij" } } } } } }""",
    ];

    [Theory]
    [MemberData(nameof(Documents))]
    public Task Documents_for_Terraforms_provider_are_read(string code) => Marked.CheckAsync(
        "using Pulumi.Aws.Iam;\nusing Pulumi.Aws.Iam.Inputs;\nusing HashiCorp.Cdktf.Providers.Aws.DataAwsIamPolicyDocument;\n" + Types + $"\nclass Sample {{ object M(object x) => {code}; }}\n", null, "PSEC2001", "PSEC2002");
}
