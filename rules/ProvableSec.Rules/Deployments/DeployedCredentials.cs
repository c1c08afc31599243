using ProvableSec.Rules.Credentials;

namespace ProvableSec.Rules.Deployments;

/// <summary>Brings together what is found in the text of a file and what is found in it as something that is deployed: one secret is one finding, of one
/// name.</summary>
internal static class DeployedCredentials
{
    /// <summary>Adds the secrets of a document to those of its text. Where both have one, its place in the document says what it is, unless its form
    /// does.</summary>
    /// <param name="deployed">Findings of the document.</param>
    /// <param name="byteOf">Which byte of the text a character begins at.</param>
    /// <param name="path">The file, which fingerprints depend on.</param>
    /// <param name="scanner">Who found those of the text.</param>
    /// <param name="found">The findings of the text, in order; so they are afterwards.</param>
    public static void Add(IEnumerable<DeploymentFinding> deployed, Func<int, int> byteOf, string path, CredentialScanner scanner,
        List<CredentialFinding> found)
    {
        _ = scanner ?? throw new ArgumentNullException(nameof(scanner));
        // A file can be made of secrets and nothing else.
        var kept = new HashSet<CredentialFinding>(found ?? throw new ArgumentNullException(nameof(found)));
        foreach ((DeploymentFinding secret, CredentialFinding? same, string fingerprint) in Scanned(deployed, byteOf, path, [.. found]))
        {
            if (same is not null)
            {
                if (same.Fingerprint == fingerprint)
                {
                    continue;
                }

                kept.Remove(same);
            }

            string message = secret.Finding.Message;
            var added = new CredentialFinding(secret.Finding.Rule, secret.Finding.Severity, byteOf(secret.Finding.Span.Start), 0,
                $"{char.ToUpperInvariant(message[0])}{message.Substring(1)}.", fingerprint);
            if (!scanner.Allowed.Contains(added))
            {
                kept.Add(added);
            }
        }

        found.Clear();
        found.AddRange(kept);
        found.Sort((one, other) => one.Start != other.Start ? one.Start.CompareTo(other.Start) : string.CompareOrdinal(one.Rule.Id, other.Rule.Id));
    }

    /// <summary>The findings of a document; secrets with the fingerprints that <see cref="Add"/> gives them.</summary>
    /// <param name="deployed">Findings of the document.</param>
    /// <param name="byteOf">Which byte of the text a character begins at.</param>
    /// <param name="path">The file, which fingerprints depend on.</param>
    /// <param name="found">The findings of the text, in order.</param>
    public static IReadOnlyList<DeploymentFinding> Named(IReadOnlyList<DeploymentFinding> deployed, Func<int, int> byteOf, string path,
        IReadOnlyList<CredentialFinding> found)
    {
        var names = new Dictionary<DeploymentFinding, string>();
        foreach ((DeploymentFinding secret, _, string fingerprint) in Scanned(deployed, byteOf, path, found))
        {
            names[secret] = fingerprint;
        }

        return [.. deployed.Select(finding => names.TryGetValue(finding, out string? name)
            ? finding with { Finding = finding.Finding with { Scanned = name } } : finding)];
    }

    /// <summary>Each secret of the document, with the finding of the text that is the same secret, and its fingerprint.</summary>
    private static IEnumerable<(DeploymentFinding Secret, CredentialFinding? Same, string Fingerprint)> Scanned(IEnumerable<DeploymentFinding> deployed,
        Func<int, int> byteOf, string path, IReadOnlyList<CredentialFinding> found)
    {
        int[] starts = [.. found.Select(finding => finding.Start)];
        var ordinals = new Dictionary<(string Rule, string Name), int>();
        foreach (DeploymentFinding secret in deployed.Where(secret => secret.IsWritten))
        {
            Rule rule = secret.Finding.Rule;
            int at = Array.BinarySearch(starts, byteOf(secret.Value.Start));
            at = at < 0 ? ~at : at;
            CredentialFinding? same = at < found.Count && found[at].Start < byteOf(secret.Value.End) ? found[at] : null;
            if (same is not null && (same.Rule == rule || same.Values.Length > 0))
            {
                yield return (secret, same, same.Fingerprint);
                continue;
            }

            ordinals.TryGetValue((rule.Id, secret.Name), out int ordinal);
            ordinals[(rule.Id, secret.Name)] = ordinal + 1;
            yield return (secret, same, Fingerprint.OfPlace(rule, path, secret.Name, ordinal));
        }
    }
}
