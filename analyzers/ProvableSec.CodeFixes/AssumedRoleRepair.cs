using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ProvableSec.CodeFixes;

/// <summary>
/// Assumes a role instead of using a key. A role fits where STS can be called: <c>AssumeRoleAWSCredentials</c> is in the core of the SDK but loads
/// AWSSDK.SecurityToken when it runs.
/// </summary>
internal sealed class AssumedRoleRepair : Repair
{
    public override string Title => "Assume the role in AWS_ROLE_ARN (deactivate the key in IAM first)";

    public override IEnumerable<Edit> Edits(SemanticModel model, SyntaxNode place, CancellationToken cancellation)
    {
        Compilation compilation = model.Compilation;
        if (compilation.GetTypeByMetadataName("Amazon.Runtime.AssumeRoleAWSCredentials") is null
            || compilation.GetTypeByMetadataName("Amazon.SecurityToken.AmazonSecurityTokenServiceClient") is null)
        {
            return [];
        }

        IReadOnlyList<KeyUse> uses = KeyUse.At(model, place, cancellation);
        if (uses.Count == 0 || uses.Any(use => use.IsClient || KeyFallback.IsIn(model, use.KeyArguments, cancellation)))
        {
            return [];
        }

        // CloudTrail shows the session name: it tells which program used the role.
        string session = SymbolDisplay.FormatLiteral(SessionName(compilation.AssemblyName), quote: true);
        string role =
            $"new global::Amazon.Runtime.AssumeRoleAWSCredentials({SdkCredentials.Default(compilation)}, "
                + $"global::System.Environment.GetEnvironmentVariable(\"AWS_ROLE_ARN\"), {session})";
        return [.. uses.SelectMany(use => SdkCredentials.Replace(use.Syntax, role)), .. KeyUse.RemoveUnused(uses, model, cancellation)];
    }

    /// <summary>2 to 64 of <c>[\w+=,.@-]</c>: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html.</summary>
    private static string SessionName(string? assembly)
    {
        string name = string.Concat((assembly ?? "").Select(c => c < 128 && (char.IsLetterOrDigit(c) || c is '.' or '-' or '_') ? c : '-'));
        return name.Length < 2 ? "application" : name.Length > 64 ? name.Substring(0, 64) : name;
    }
}
