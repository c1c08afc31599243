using System.Text.RegularExpressions;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;

namespace ProvableSec.Tool.Files;

/// <summary>A kind of file that is told by its content, for whoever gave it to a command that reads another kind.</summary>
/// <param name="What">What it is.</param>
/// <param name="Advice">Which command and option reads it.</param>
internal sealed partial record RecognizedInput(string What, string Advice)
{
    public static readonly RecognizedInput Policy = new("an IAM policy", "provablesec check reads it, and prove with --policy");
    public static readonly RecognizedInput AccountDump = new("an account dump", "provablesec ask reads it with --dump, and check");
    public static readonly RecognizedInput Template = new("a CloudFormation template", "provablesec check reads it");
    public static readonly RecognizedInput TerraformPlan = new("a Terraform plan", "provablesec check reads it");
    public static readonly RecognizedInput TerraformSource = new("Terraform source",
        "give provablesec check the plan: terraform plan -out plan && terraform show -json plan > plan.json");
    public static readonly RecognizedInput Configuration = new("a configuration", "provablesec verify reads it");
    public static readonly RecognizedInput Case = new("a case", "provablesec simulate reads it");
    public static readonly RecognizedInput Question = new("a question", "provablesec prove FILE reads it, and prove --batch where each line is one");
    public static readonly RecognizedInput Organization = new("an organization with its control policies", "provablesec ask reads it with --organization");
    public static readonly RecognizedInput Certificate = new("a certificate", "provablesec certificate check reads it");
    public static readonly RecognizedInput WafLog = new("an AWS WAF log", "provablesec trim reads it");

    /// <summary>What a text is; null when nothing tells.</summary>
    public static RecognizedInput? Of(DocumentText source) => Of(JsonTreeReader.Read(source).Root);

    /// <summary>What a JSON value is, or the text that turned out to be no JSON; null when nothing tells.</summary>
    public static RecognizedInput? Of(JsonItem root)
    {
        if (root.Kind != JsonKind.Object)
        {
            DocumentText source = root.Document.Source;
            return IsTerraform(source) ? TerraformSource : TemplateStart().IsMatch(source.Text) ? Template : null;
        }

        return Has("UserDetailList") || Has("GroupDetailList") || Has("RoleDetailList") ? AccountDump
            : Has("resource_changes") || Has("planned_values") || (Has("format_version") && Has("values")) ? TerraformPlan
            : Has("Statement") ? Policy
            : Has("AWSTemplateFormatVersion") || Member("Resources", JsonKind.Object) ? Template
            : Member("properties", JsonKind.Array) || Member("documents", JsonKind.Array) || Member("stacks", JsonKind.Object) ? Configuration
            : Has("claim") && Has("lemmas") ? Certificate
            : Member("question", JsonKind.String) ? Question
            : Member("request", JsonKind.Object) || Member("cases", JsonKind.Array) ? Case
            : Has("organization") && (Has("serviceControlPolicies") || Has("resourceControlPolicies")) ? Organization
            : Has("httpRequest") && Has("webaclId") ? WafLog
            : root.Document.Source.Name.EndsWith(".tf.json", StringComparison.OrdinalIgnoreCase) ? TerraformSource
            : null;

        bool Has(string name) => root.TryGetProperty(name, out _);

        bool Member(string name, JsonKind kind) => root.TryGetProperty(name, out JsonItem value) && value.Kind == kind;
    }

    /// <summary>The problem of a text that is one kind of input where another is expected; null when it may be what is expected, or nothing tells.</summary>
    /// <param name="source">The text.</param>
    /// <param name="expected">The kind that is expected.</param>
    public static PolicyProblem? InsteadOf(RecognizedInput expected, DocumentText source) =>
        Of(source) is { } kind && kind != expected
            ? new PolicyProblem(ProblemCode.WrongType, kind.Instead(expected.What), new TextRange(0, 0), "", source.PositionOf(0), source.Name)
            : null;

    /// <summary>The problem of a JSON value that is one kind of input where another is expected; null when it may be what is expected, or nothing
    /// tells.</summary>
    public static PolicyProblem? InsteadOf(RecognizedInput expected, JsonItem value) =>
        Of(value) is { } kind && kind != expected ? value.Problem(ProblemCode.WrongType, kind.Instead(expected.What)) : null;

    /// <summary>What to say to somebody who gave this where something else is expected.</summary>
    public string Instead(string expected) => $"this is {What}, not {expected}; {Advice}";

    private static bool IsTerraform(DocumentText source) =>
        source.Name.EndsWith(".tf", StringComparison.OrdinalIgnoreCase) || source.Name.EndsWith(".tfvars", StringComparison.OrdinalIgnoreCase)
        || source.Name.EndsWith(".hcl", StringComparison.OrdinalIgnoreCase) || TerraformBlock().IsMatch(source.Text);

    /// <summary>The head of a block of the Terraform language at the beginning of a line.</summary>
    [GeneratedRegex("""^(?:(?:resource|data)\s+"[^"\n]*"\s+"[^"\n]*"|(?:module|provider|variable|output)\s+"[^"\n]*"|terraform|locals)\s*\{""",
        RegexOptions.Multiline)]
    private static partial Regex TerraformBlock();

    /// <summary>A key of a template at the beginning of a line: YAML.</summary>
    [GeneratedRegex("^(?:AWSTemplateFormatVersion|Resources):", RegexOptions.Multiline)]
    private static partial Regex TemplateStart();
}
