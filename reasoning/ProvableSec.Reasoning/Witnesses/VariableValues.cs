using System.Text;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;

namespace ProvableSec.Reasoning.Witnesses;

/// <summary>What policy variables stand for in a request that is guessed: what follows from its caller, and what it sends.</summary>
internal static class VariableValues
{
    /// <summary>A pattern with its variables replaced by their values; null where one has none.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="request">The request.</param>
    public static string? Filled(PolicyPattern pattern, AccessRequest request)
    {
        if (!pattern.HasVariables)
        {
            return pattern.Text;
        }

        var text = new StringBuilder();
        foreach (PatternPart part in pattern.Parts)
        {
            if ((part.Kind == PatternPartKind.Variable ? Of(request, part.Text.ToLowerInvariant()) ?? part.Default : part.Text) is not { } filled)
            {
                return null;
            }

            text.Append(filled);
        }

        return text.ToString();
    }

    /// <summary>The one value of a key, in lower case; null where the request has none or several.</summary>
    public static string? Of(AccessRequest request, string foldedKey)
    {
        switch (foldedKey)
        {
            case "aws:principalaccount":
                return request.Principal.Account is { Length: > 0 } account ? account : null;
            case "aws:resourceaccount":
                return request.ResourceAccount;
            case "aws:principalarn":
                return request.Principal.Kind is PrincipalKind.User or PrincipalKind.Role or PrincipalKind.Root ? request.Principal.Name : null;
            case "aws:username":
                return request.Principal.Kind == PrincipalKind.User ? request.Principal.UserName : null;
        }

        foreach (ContextEntry entry in request.Context)
        {
            if (entry.FoldedKey == foldedKey)
            {
                return entry.Values is { IsDefault: false, Length: 1 } values ? values[0] : null;
            }
        }

        return null;
    }
}
