using System.Buffers;

namespace ProvableSec.Rules.Credentials;

/// <summary>
/// Finds credentials in any text. It looks at every byte a few times and allocates nothing for a text without hits; one may be used by many threads.
/// </summary>
/// <param name="now">The time by which a pre-signed URL has expired or not.</param>
/// <param name="allowed">What is not to be reported.</param>
public sealed class CredentialScanner(DateTimeOffset now, AllowedCredentials allowed)
{
    /// <summary>Escapes may stand in escapes, and Base64 in Base64, so often.</summary>
    private const int MostLayers = 3;

    /// <summary>The time by which a pre-signed URL has expired or not.</summary>
    public DateTimeOffset Now => now;

    /// <summary>What is not to be reported.</summary>
    internal AllowedCredentials Allowed => allowed;

    /// <summary>Scans a text.</summary>
    /// <param name="text">UTF-8 without byte order mark; any bytes will do.</param>
    /// <param name="path">What the file is called, relative to where the scan began, with slashes; empty for none.</param>
    /// <param name="findings">Takes what is found, in the order of the text.</param>
    public void Scan(ReadOnlySpan<byte> text, string path, List<CredentialFinding> findings)
    {
        CredentialCandidates? found = null;
        Search(new SearchedText(text), LiteralJoin.IsWithoutSign(path), ref found);
        found?.Report(text, path, now, allowed, findings);
    }

    /// <summary>Examines a text that a database driver takes as a connection string and whose host is known only when the program runs.</summary>
    /// <param name="text">UTF-8, with <c>{}</c> for what is not known.</param>
    /// <param name="path">As for <see cref="Scan"/>.</param>
    /// <param name="findings">Takes what is found: the password, at the start of the text.</param>
    public void ScanConnectionString(ReadOnlySpan<byte> text, string path, List<CredentialFinding> findings)
    {
        if (ConnectionString.HasPasswordForUnknownHost(text))
        {
            CredentialCandidates? found = null;
            CredentialCandidates.Of(ref found).AddPassword(CredentialRules.DatabasePassword, 0, "", "A connection string holds a password.");
            found?.Report(text, path, now, allowed, findings);
        }
    }

    /// <summary>Searches a text as it is meant: one spelling of each value, whatever the format it stands in.</summary>
    private static void Search(SearchedText text, bool joinsNeighbors, ref CredentialCandidates? found)
    {
        ReadOnlySpan<byte> bytes = text.Bytes;
        PositionMap? map = text.Map;
        byte[]? borrowed = null;
        for (int layer = 0; layer < MostLayers && Escapes.TryUndo(bytes, map, joinsNeighbors, out byte[] undone, out int count,
            out PositionMap? undoneMap); layer++)
        {
            Return(borrowed);
            borrowed = undone;
            bytes = undone.AsSpan(0, count);
            map = undoneMap;
        }

        var meant = new SearchedText(bytes, map, text.Depth, text.Label);
        SearchRuns(meant, ref found);
        PasswordDetectors.Search(meant, ref found);
        Return(borrowed);
    }

    private static void Return(byte[]? borrowed)
    {
        if (borrowed is not null)
        {
            ArrayPool<byte>.Shared.Return(borrowed);
        }
    }

    private static void SearchRuns(SearchedText text, ref CredentialCandidates? found)
    {
        var runs = new TokenRuns(text.Bytes);
        int wrapped = 0;
        while (runs.Next())
        {
            RunDetectors.Examine(text, runs.Start, runs.End, ref found);
            if (runs.Start >= wrapped && text.Depth < MostLayers)
            {
                // The n of "\n" is not part of what follows.
                int start = RunDetectors.SkipEscape(text.Bytes, runs.Start), end = runs.End;
                if (Base64Text.TryDecode(text.Bytes, start, ref end, text.Map, out byte[] decoded, out PositionMap? map))
                {
                    wrapped = end;
                    Search(new SearchedText(decoded, map, text.Depth + 1, text.LabelOf(start, end)), joinsNeighbors: false, ref found);
                }
            }
        }
    }
}
