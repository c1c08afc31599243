using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Stacks;

namespace ProvableSec.Testing.Sources;

/// <summary>Reads plans for tests: of what is none nothing can be claimed.</summary>
internal static class TestPlan
{
    /// <summary>A plan or state as <c>terraform show -json</c> prints it.</summary>
    /// <exception cref="PolicySourceException">It is none.</exception>
    public static PlanContent Read(DocumentText source, KnownDeployment known)
    {
        JsonTree json = JsonTreeReader.Read(source);
        if (json.Problems.FirstOrDefault(p => p.IsError && p.Code is not (ProblemCode.DuplicateKey or ProblemCode.Comment)) is { } broken)
        {
            throw new PolicySourceException(broken.ToString());
        }

        return PolicyDocuments.KindOf(json.Root) == DocumentKind.TerraformPlan ? new PlanContent(json, known)
            : throw new PolicySourceException($"{source.Name} is not a Terraform plan; expected what terraform show -json prints");
    }
}
