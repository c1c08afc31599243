using ProvableSec.Rules.Credentials;

namespace ProvableSec.Rules.Deployments;

/// <summary>Brings together what is found in the text of a file and what is found in it as something that is deployed: one secret is one finding.</summary>
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
        _ = deployed ?? throw new ArgumentNullException(nameof(deployed));
        _ = byteOf ?? throw new ArgumentNullException(nameof(byteOf));
        _ = scanner ?? throw new ArgumentNullException(nameof(scanner));
        _ = found ?? throw new ArgumentNullException(nameof(found));
        // A file can be made of secrets and nothing else.
        CredentialFinding[] known = [.. found];
        int[] starts = [.. known.Select(finding => finding.Start)];
        var kept = new HashSet<CredentialFinding>(known);
        var ordinals = new Dictionary<(string Rule, string Name), int>();
        foreach (DeploymentFinding secret in deployed.Where(secret => secret.IsWritten))
        {
            Rule rule = secret.Finding.Rule;
            int at = Array.BinarySearch(starts, byteOf(secret.Value.Start));
            at = at < 0 ? ~at : at;
            CredentialFinding? same = at < known.Length && known[at].Start < byteOf(secret.Value.End) ? known[at] : null;
            if (same is not null && (same.Rule == rule || same.Values.Length > 0))
            {
                continue;
            }

            ordinals.TryGetValue((rule.Id, secret.Name), out int ordinal);
            ordinals[(rule.Id, secret.Name)] = ordinal + 1;
            string message = secret.Finding.Message;
            var added = new CredentialFinding(
                rule, secret.Finding.Severity, byteOf(secret.Finding.Span.Start), 0, $"{char.ToUpperInvariant(message[0])}{message.Substring(1)}.",
                Fingerprint.OfPlace(rule, path, secret.Name, ordinal));
            if (same is not null)
            {
                kept.Remove(same);
            }

            if (!scanner.Allowed.Contains(added))
            {
                kept.Add(added);
            }
        }

        found.Clear();
        found.AddRange(kept);
        found.Sort((one, other) => one.Start != other.Start ? one.Start.CompareTo(other.Start) : string.CompareOrdinal(one.Rule.Id, other.Rule.Id));
    }
}
