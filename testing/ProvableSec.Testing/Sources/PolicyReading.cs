using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Policies;
using ProvableSec.Rules.Policies.Checks;
using ProvableSec.Rules.Stacks;

namespace ProvableSec.Testing.Sources;

/// <summary>Reads policies for tests: of what is broken nothing can be claimed, so that it is an exception with the place.</summary>
internal static class PolicyReading
{
    /// <summary>A text that is a policy.</summary>
    public static PolicyDocument Read(DocumentText source, PolicyType? type = null)
    {
        PolicyDocument document = PolicyReader.Read(source);
        if (document.HasErrors)
        {
            DocumentKind kind = PolicyDocuments.KindOf(JsonTreeReader.Read(source).Root);
            throw new PolicySourceException(kind switch
            {
                DocumentKind.Template => $"{source.Name} is a CloudFormation template, not a policy; read it with Policies.FromTemplate",
                DocumentKind.AccountDump => $"{source.Name} is an account dump, not a policy; read it with Policies.FromAccountDump",
                DocumentKind.TerraformPlan => $"{source.Name} is a Terraform plan, not a policy; read it with Policies.FromTerraformPlan",
                _ => $"the policy has errors, so that nothing can be claimed of it: {FirstError(document)}",
            });
        }

        return LoadedPolicy.Remember(document, new LoadedPolicy
        {
            AtLeast = document,
            Named = document,
            Check = () => (source, PolicyChecks.Check(source, new PolicyContext(type ?? PolicyTypeInference.Infer(document).Type))),
        });
    }

    private static PolicyProblem FirstError(PolicyDocument document) => document.Problems.First(problem => problem.IsError);
}
