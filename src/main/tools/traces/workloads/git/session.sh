# What a developer does in an hour: commits, a branch and its merge, a clone, a push, the housekeeping.
set -e

git init -q project
cd project
for n in 1 2 3; do
    echo "line $n" >>file.txt
    mkdir -p "directory-$n"
    echo "text $n" >"directory-$n/text.txt"
    git add .
    git commit -q -m "step $n"
done
git status
git diff HEAD~1
git checkout -q -b topic
git mv file.txt renamed.txt
git commit -q -m 'rename'
git checkout -q main
echo more >>directory-1/text.txt
git commit -q -a -m 'more'
git merge -q --no-edit topic
git log --stat --graph
git grep line
git stash list
cd ..

git clone -q --bare project shared.git
# A URL goes through git-upload-pack; a plain path links the objects.
git clone -q "file://$PWD/shared.git" clone
git clone -q shared.git linked
cd clone
echo pushed >pushed.txt
git add pushed.txt
git commit -q -m 'pushed'
git push -q origin main
cd ../linked
git pull -q
git gc -q
git fsck
