using ProvableSec.Policy.Cases;

namespace ProvableSec.CertificateChecker;

/// <summary>Claims in words.</summary>
internal static class ClaimWords
{
    public static string Of(CertifiedQuestion question)
    {
        string policy = Of(question.Subject), requests = question.Request.IsAny ? "" : ", of the requests in question,";
        string claim = question.Question switch
        {
            "no-new-access" => $"every request{requests} that {policy} {Allows(question.Subject)}, {Of(question.Baseline!)} {Allows(question.Baseline!)}",
            "equivalent" =>
                $"{policy} and {Of(question.Baseline!)} {(question.Subject.LetsThrough && question.Baseline!.LetsThrough ? "let through" : "allow")} the "
                    + $"same requests{requests.TrimEnd(',')}",
            "not-granted" =>
                $"no request{requests} that {Of(question.Property!)} describes is {(question.Subject.LetsThrough ? "let through" : "allowed")} by {policy}",
            "granted" => $"every request{requests} that {Of(question.Property!)} describes is allowed by {policy}",
            _ => $"no completion of the request is allowed by {policy}",
        };
        return claim + (question.AsOf is { } day ? $", of requests not made before {day}" : "")
            + (question.DefaultReadingsOnly ? ", under the default readings" : "");
    }

    private static string Allows(CertifiedSubject subject) => subject.LetsThrough ? "lets through" : "allows";

    private static string Of(CertifiedDocument document) => document.Name.Length > 0 ? document.Name : $"document {document.Number}";

    private static string Of(CertifiedSubject subject)
    {
        if (subject.Document is { } document)
        {
            return Of(document);
        }

        CertifiedStack stack = subject.Stack!;
        var layers = new List<string>();
        foreach (PolicyLayerInfo layer in PolicyLayers.All)
        {
            CertifiedDocument[] documents = [.. stack.Of(layer.Layer)?.SelectMany(l => l) ?? []];
            if (documents.Length > 0)
            {
                layers.Add($"{layer.Name} {string.Join(", ", documents.Select(Of))}");
            }
            else if (layer.NullMeansNone)
            {
                layers.Add(stack.HasNoResourcePolicy ? $"no {layer.Name}" : $"a {layer.Name} that is not given");
            }
        }

        return $"the stack of {string.Join("; ", layers)}";
    }
}
