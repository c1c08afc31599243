using ProvableSec.Policy.Text;
using ProvableSec.Rules.Documents;

namespace ProvableSec.Rules.Stacks;

/// <summary>A template or plan whose policies are looked at in each of its deployments.</summary>
internal interface IDeployedDocument
{
    /// <summary>The file.</summary>
    DocumentText Source { get; }

    /// <summary>How what it leaves open can be said.</summary>
    DeploymentHints Hints { get; }

    /// <summary>Whether a condition is met, by what is said of the deployment; null where that depends on more.</summary>
    bool? IsMet(string condition);

    /// <summary>Why a policy is not known in every deployment; null where it is.</summary>
    string? NotAllOf(FoundPolicy found);
}
