using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Documents;

namespace ProvableSec.Rules.Deployments;

/// <summary>
/// Secrets in what is deployed: templates of CloudFormation and SAM (which the CDK writes), plans of Terraform, task definitions of ECS, manifests of
/// Kubernetes, compose
/// files and buildspecs. What is filled in when it is deployed (<c>{{resolve:secretsmanager:…}}</c>, a reference, a variable) is none.
/// </summary>
internal static class DeploymentChecks
{
    /// <summary>What a document is.</summary>
    public static DeploymentKind KindOf(JsonItem root) =>
        root.Kind != JsonKind.Object ? DeploymentKind.Other
        : PolicyDocuments.KindOf(root) is DocumentKind.Template ? DeploymentKind.Template
        : PolicyDocuments.KindOf(root) is DocumentKind.TerraformPlan ? DeploymentKind.TerraformPlan
        : ContainerSecrets.KindOf(root);

    /// <summary>The findings of a document, in its order.</summary>
    /// <param name="json">The document.</param>
    /// <param name="now">The time by which a pre-signed URL has expired or not.</param>
    public static IReadOnlyList<DeploymentFinding> Check(JsonTree json, DateTimeOffset now)
    {
        JsonItem root = (json ?? throw new ArgumentNullException(nameof(json))).Root;
        var findings = new DeploymentFindings(now);
        switch (KindOf(root))
        {
            case DeploymentKind.Template when TemplateLoops.Expanded(root, new DocumentNotes()) is { } expanded:
                JsonTree template = JsonTreeReader.Read(new DocumentText(expanded.Text, json.Source.Name));
                TemplateSecrets.Check(template.Root, findings);
                return [.. findings.InOrder().Select(found => found with { Finding = found.Finding with { Span = expanded.SourceOf(found.Finding.Span) },
                    Value = expanded.SourceOf(found.Value) })];
            case DeploymentKind.Template:
                TemplateSecrets.Check(root, findings);
                break;
            case DeploymentKind.TerraformPlan:
                TerraformSecrets.Check(root, findings);
                break;
            case DeploymentKind.Other:
                break;
            default:
                ContainerSecrets.Check(root, findings);
                break;
        }

        return findings.InOrder();
    }
}
