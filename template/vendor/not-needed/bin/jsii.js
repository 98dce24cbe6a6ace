// cdktf resolves the path of this file, and never runs it.
