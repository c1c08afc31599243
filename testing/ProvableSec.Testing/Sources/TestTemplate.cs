using ProvableSec.Policy.Text;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Stacks;
using ProvableSec.Rules.Yaml;

namespace ProvableSec.Testing.Sources;

/// <summary>Reads templates for tests: of what is none nothing can be claimed.</summary>
internal static class TestTemplate
{
    /// <summary>A template in JSON or YAML.</summary>
    /// <exception cref="PolicySourceException">It is none.</exception>
    public static TemplateContent Read(DocumentText source, KnownDeployment known)
    {
        MappedText? made = null;
        PolicyProblem? problem = null;
        if (IsYaml(source) && (made = YamlText.ToJson(source, out problem)) is null)
        {
            throw new PolicySourceException(problem!.ToString());
        }

        TemplateText text = TemplateText.TryRead(source, made, known, out problem) ?? throw new PolicySourceException(problem!.ToString());
        return PolicyDocuments.KindOf(text.Json.Root) switch
        {
            DocumentKind.Template => new TemplateContent(text, known),
            DocumentKind.Policy => throw IsNot("a policy; read it with Policies.Load"),
            DocumentKind.AccountDump => throw IsNot("an account dump; read it with Policies.FromAccountDump"),
            DocumentKind.TerraformPlan => throw IsNot("a Terraform plan; read it with Policies.FromTerraformPlan"),
            _ => throw IsNot("not a CloudFormation template: it has no Resources with types"),
        };

        PolicySourceException IsNot(string found) => new($"{source.Name} is {found}");
    }

    private static bool IsYaml(DocumentText source) =>
        YamlText.IsYaml(source) || source.Text.StartsWith("AWSTemplateFormatVersion", StringComparison.Ordinal)
            || source.Text.StartsWith("Resources:", StringComparison.Ordinal) || source.Text.Contains("\nResources:");
}
