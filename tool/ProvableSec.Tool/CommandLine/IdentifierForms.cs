using System.CommandLine;
using ProvableSec.Policy.Cases;

namespace ProvableSec.Tool.CommandLine;

/// <summary>The forms of identifiers that options take: what cannot be one matches nothing, and a gate would not say so.</summary>
internal static class IdentifierForms
{
    /// <summary>An option for numbers of accounts.</summary>
    public static T OfAccounts<T>(T option)
        where T : Option => Require(option, CallerPrincipal.IsTwelveDigits, "the twelve digits of an account");

    /// <summary>An option for ids of organizations.</summary>
    public static T OfOrganizations<T>(T option)
        where T : Option => Require(option, Organization.IsId, "the id of an organization, such as \"o-exampleorgid\"");

    private static T Require<T>(T option, Func<string, bool> isOne, string expected)
        where T : Option
    {
        option.Validators.Add(result =>
        {
            foreach (string text in result.Tokens.Select(token => token.Value).Where(text => !isOne(text)))
            {
                result.AddError($"{option.Name} must be {expected}, not \"{text}\".");
            }
        });
        return option;
    }
}
