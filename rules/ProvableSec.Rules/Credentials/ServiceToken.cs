using System.Text;

namespace ProvableSec.Rules.Credentials;

/// <summary>
/// Tokens that services give for a few hours and tools write into their configuration: AWS CodeArtifact (nuget, pip, npm), Amazon ECR (docker) and IAM Identity
/// Center (the CLI's cache).
/// </summary>
internal static class ServiceToken
{
    /// <summary>The service that a run is a token of; null when it is none.</summary>
    public static string? ServiceOf(ReadOnlySpan<byte> text, int start, ReadOnlySpan<byte> run)
    {
        // Base64 of {"ver":1,"isu": as the header of an encrypted token, and of {"payload": with the data key behind it.
        if (run.StartsWith("eyJ2ZXIiOjEsImlzdSI6"u8))
        {
            return "AWS CodeArtifact";
        }

        if (run.StartsWith("eyJwYXlsb2FkIjo"u8))
        {
            return IsEcr(text, start, run.Length) ? "Amazon ECR" : null;
        }

        return run.StartsWith("aoaAAAAA"u8) || run.StartsWith("aorAAAAA"u8) || IsOfAccessPortal(text, start) ? "IAM Identity Center" : null;
    }

    private static bool IsEcr(ReadOnlySpan<byte> text, int start, int length)
    {
        int end = start + length;
        return Base64Text.TryDecode(text, start, ref end, null, out byte[] decoded, out _) && Encoding.UTF8.GetString(decoded) is var json
            && json.IndexOf("\"datakey\"", StringComparison.Ordinal) >= 0;
    }

    /// <summary>A file of <c>~/.aws/sso/cache</c> names the portal, the token and what was registered for it.</summary>
    private static bool IsOfAccessPortal(ReadOnlySpan<byte> text, int start)
    {
        const int Reach = 4096;
        int first = Math.Max(0, start - Reach);
        ReadOnlySpan<byte> around = text.Slice(first, Math.Min(text.Length, start + Reach) - first);
        (int from, int to) = NamedPair.NameBefore(text, start);
        return Ascii.Text(text.Slice(from, to - from)) is "accessToken" or "refreshToken" or "clientSecret" && around.IndexOf("\"startUrl\""u8) >= 0
            && around.IndexOf("awsapps.com/start"u8) >= 0;
    }
}
