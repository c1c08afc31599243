using System.Collections.Immutable;
using System.Globalization;
using System.Linq.Expressions;
using System.Net;
using System.Text.RegularExpressions;
using CsCheck;
using ProvableSec.Policy.Cases;
using ProvableSec.Reasoning.Linq;

namespace ProvableSec.Reasoning.Tests.Linq;

/// <summary>A predicate as it was drawn: the expression that a user would write, and what it means of one request, written apart from the library.</summary>
internal abstract record RandomPredicate
{
    public static readonly string[] Globs = ["*", "a*", "*b", "?", "a?b", "*:*", "", "s3:Get*", "A:*", "arn:aws:s3:::b*", "arn:*:user/*", "eu-*", "**b*"];
    public static readonly string[] Texts = ["a", "b", "ab", "A", "a*", "", "a:b", "b:b", "s3:GetObject", "S3:getobject", "arn:aws:s3:::b", "*",
        "arn:aws:iam::111122223333:user/a", "eu-west-1", "k", ":", "1", "2"];
    public static readonly string[] Ranges = ["10.0.0.0/8", "10.0.0.1", "10.128.0.0/9", "0.0.0.0/0", "2001:db8::/32", "2001:db8::1"];
    private static readonly string[] Names = ["Action", "Resource", "Principal", "a:k", "a:k", "A:K", "a:l", "aws:RequestedRegion"];

    private static readonly Gen<RandomPredicate> Leaf = Gen.Frequency<RandomPredicate>(
        (3, Gen.Select(Gen.OneOf(Names), Gen.OneOf("==", "!="), Gen.OneOf(Texts), (f, o, t) => (RandomPredicate)new Test(f, o, t))),
        (3, Gen.Select(Gen.OneOf(Names), Gen.OneOf(Globs), (f, t) => (RandomPredicate)new Test(f, "Matches", t))),
        (2, Gen.Select(Gen.OneOf(Names), Gen.OneOf("StartsWith", "EndsWith", "Contains"), Gen.OneOf(Texts), (f, o, t) => (RandomPredicate)new Test(f, o, t))),
        (1, Gen.Select(Gen.OneOf((string[])[.. Names, "a:n", "aws:SourceIp"]), Gen.OneOf("IsPresent", "IsAbsent"),
            (f, o) => (RandomPredicate)new Test(f, o, ""))),
        (1, Gen.Select(Gen.OneOf("<", "<=", ">", ">=", "==#", "!=#"), Gen.OneOf("0", "1", "2", "1.5", "-1"), (o, t) => (RandomPredicate)new Test("a:n", o, t))),
        (1, Gen.Select(Gen.Const("aws:SourceIp"), Gen.OneOf(Ranges), (f, t) => (RandomPredicate)new Test(f, "IsIn", t))));

    /// <summary>A tree of some depth.</summary>
    public static Gen<RandomPredicate> Any { get; } = Tree(3);

    public abstract Expression Written(ParameterExpression r);

    public abstract bool Holds(AccessRequest request);

    public Expression<Func<RequestExpression, bool>> Lambda()
    {
        ParameterExpression r = Expression.Parameter(typeof(RequestExpression), "r");
        return Expression.Lambda<Func<RequestExpression, bool>>(Written(r), r);
    }

    public static RandomPredicate Both(RandomPredicate left, RandomPredicate right) => new And(left, right);

    private static Gen<RandomPredicate> Tree(int depth) => depth == 0 ? Leaf : Gen.Frequency<RandomPredicate>(
        (2, Leaf),
        (1, Tree(depth - 1).Select(p => (RandomPredicate)new Not(p))),
        (3, Gen.Select(Tree(depth - 1), Tree(depth - 1), (a, b) => (RandomPredicate)new And(a, b))),
        (2, Gen.Select(Tree(depth - 1), Tree(depth - 1), (a, b) => (RandomPredicate)new Or(a, b))));

    private sealed record Not(RandomPredicate Item) : RandomPredicate
    {
        public override Expression Written(ParameterExpression r) => Expression.Not(Item.Written(r));

        public override bool Holds(AccessRequest request) => !Item.Holds(request);
    }

    private sealed record And(RandomPredicate Left, RandomPredicate Right) : RandomPredicate
    {
        public override Expression Written(ParameterExpression r) => Expression.AndAlso(Left.Written(r), Right.Written(r));

        public override bool Holds(AccessRequest request) => Left.Holds(request) && Right.Holds(request);
    }

    private sealed record Or(RandomPredicate Left, RandomPredicate Right) : RandomPredicate
    {
        public override Expression Written(ParameterExpression r) => Expression.OrElse(Left.Written(r), Right.Written(r));

        public override bool Holds(AccessRequest request) => Left.Holds(request) || Right.Holds(request);
    }

    private sealed record Test(string Field, string Operator, string Text) : RandomPredicate
    {
        public override Expression Written(ParameterExpression r)
        {
            Expression field = Field.Contains(':', StringComparison.Ordinal) ? Expression.Call(r, "get_Item", null, Expression.Constant(Field))
                : Expression.Property(r, Field);
            Expression number() => Expression.Constant(decimal.Parse(Text, CultureInfo.InvariantCulture));
            return Operator switch
            {
                "IsPresent" or "IsAbsent" => Expression.Property(field, Operator),
                "==" => Expression.Equal(field, Expression.Constant(Text)),
                "!=" => Expression.NotEqual(field, Expression.Constant(Text)),
                "==#" => Expression.Equal(field, number()),
                "!=#" => Expression.NotEqual(field, number()),
                "<" => Expression.LessThan(field, number()),
                "<=" => Expression.LessThanOrEqual(field, number()),
                ">" => Expression.GreaterThan(field, number()),
                ">=" => Expression.GreaterThanOrEqual(field, number()),
                _ => Expression.Call(field, Operator, null, Expression.Constant(Text)),
            };
        }

        public override bool Holds(AccessRequest request)
        {
            ImmutableArray<string> values = Values(request);
            return Operator switch
            {
                "IsPresent" => !values.IsEmpty,
                "IsAbsent" => values.IsEmpty,
                "!=" => !values.Any(v => Holds("==", v)),
                "!=#" => !values.Any(v => Holds("==#", v)),
                _ => values.Any(v => Holds(Operator, v)),
            };
        }

        private ImmutableArray<string> Values(AccessRequest request)
        {
            if (Field is "Action" or "Resource" or "Principal")
            {
                return [Field == "Action" ? request.Action : Field == "Resource" ? request.Resource : request.Principal.Name];
            }

            ContextEntry entry = request.Context.FirstOrDefault(e => e.FoldedKey.Equals(Field, StringComparison.OrdinalIgnoreCase));
            return entry.Values.IsDefault ? [] : entry.Values;
        }

        private bool Holds(string op, string value)
        {
            StringComparison comparison = Field == "Action" ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
            RegexOptions options = RegexOptions.Singleline | RegexOptions.CultureInvariant | (Field == "Action" ? RegexOptions.IgnoreCase : RegexOptions.None);
            switch (op)
            {
                case "==":
                    return value.Equals(Text, comparison);
                case "Matches":
                    return Regex.IsMatch(value, @"\A" + Regex.Escape(Text).Replace(@"\*", ".*", StringComparison.Ordinal)
                        .Replace(@"\?", ".", StringComparison.Ordinal) + @"\z", options);
                case "StartsWith":
                    return value.StartsWith(Text, comparison);
                case "EndsWith":
                    return value.EndsWith(Text, comparison);
                case "Contains":
                    return value.Contains(Text, comparison);
                case "IsIn":
                    IPAddress? address = Regex.IsMatch(value, @"^(([1-9][0-9]*|0)(\.([1-9][0-9]*|0)){3}|[0-9a-f:]{2,39})$")
                        && IPAddress.TryParse(value, out IPAddress? parsed) ? parsed : null;
                    string range = Text.Contains('/', StringComparison.Ordinal) ? Text : Text + (Text.Contains(':', StringComparison.Ordinal) ? "/128" : "/32");
                    return address is not null && IPNetwork.Parse(range).Contains(address);
                default:
                    // The alphabet of the tests has numbers that differ by far more than the precision of decimal.
                    if (!Regex.IsMatch(value, @"^[-+]?[0-9]{1,20}(\.[0-9]{1,40})?$"))
                    {
                        return false;
                    }

                    int order = decimal.Parse(value, CultureInfo.InvariantCulture).CompareTo(decimal.Parse(Text, CultureInfo.InvariantCulture));
                    return op switch { "<" => order < 0, "<=" => order <= 0, ">" => order > 0, ">=" => order >= 0, _ => order == 0 };
            }
        }
    }
}
