using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;

namespace ProvableSec.Policy.Accounts;

/// <summary>The default version of a managed policy, the only one that AWS applies.</summary>
internal sealed class DumpManagedPolicy
{
    /// <summary>The document; null when it has errors or is not there.</summary>
    public PolicyDocument? Document { get; private set; }

    /// <summary>What is wrong with it: whoever it is attached to is undecided.</summary>
    public CaseProblems Problems { get; } = new();

    public static DumpManagedPolicy Read(JsonItem policy, DumpDocuments documents)
    {
        var read = new DumpManagedPolicy();
        string? named = policy.TryGetProperty("DefaultVersionId", out JsonItem id) && id.Kind == JsonKind.String ? id.Text : null;
        JsonItem? chosen = null;
        if (policy.TryGetProperty("PolicyVersionList", out JsonItem versions))
        {
            foreach (JsonItem version in versions.Elements())
            {
                bool isDefault = version.TryGetProperty("IsDefaultVersion", out JsonItem said) && said.Kind == JsonKind.True;
                bool isNamed = named is not null && version.TryGetProperty("VersionId", out JsonItem number) && number.Kind == JsonKind.String
                    && number.Text == named;
                if (isDefault && named is not null && !isNamed)
                {
                    read.Problems.Add(version, ProblemCode.ConflictingElements,
                        $"this version says that it is the default, and DefaultVersionId is {CaseProblems.Shown(named)}");
                }
                else if (isDefault || isNamed)
                {
                    chosen = version;
                }
            }
        }

        if (chosen is { } one && one.TryGetProperty("Document", out JsonItem document))
        {
            read.Document = documents.Read(document, "Document", read.Problems);
        }
        else
        {
            read.Problems.Add(policy, ProblemCode.MissingElement, "the document of this policy's default version is not in its PolicyVersionList");
        }

        return read;
    }
}
